/** Whom a request comes from, as its credential says. Made in `authenticate` and nowhere else. */
export interface Principal {
  accountId: string;
  kind: 'AGENT' | 'CONTACT';
  /** The agent behind the credential; null for a contact. */
  agentId: string | null;
  /** The address by which tickets know this person, in lower case. */
  email: string;
  /** What the credential allows, on top of which the person's own rights count. */
  scopes: readonly string[];
  /** When the credential ends, by the database's clock. */
  expiresAtMs: number;
}
