/** A kind of journal entry, as the ledger has it: one module per kind. */
export interface EntryModule<Kind extends string = string, Payload = never> {
  readonly kind: Kind;
  /**
   * Which row an entry of this kind makes. The digest of the row's unchanging columns is part of the
   * entry's hash, so this never changes for a kind.
   */
  readonly makes: 'consumption' | 'invoice' | 'lot' | 'order' | null;
  /** By how much the entry changes the balance of its wallet. */
  delta(payload: Payload): number;
}

/** Payloads say more by ids and numbers. Their JSON text is what is stored and hashed. */
export type AnyPayload = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

/** What an entry without more to say has as its payload. */
export type NoPayload = Readonly<Record<string, never>>;
