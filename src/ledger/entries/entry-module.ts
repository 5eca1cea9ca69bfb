/** A kind of journal entry, as the ledger has it: one module per kind. */
export interface EntryModule<Kind extends string = string, Payload = never> {
  readonly kind: Kind;
  /**
   * Which row an entry of this kind makes. The digest of the row's unchanging columns is part of the
   * entry's hash, so this never changes for a kind.
   */
  readonly makes: 'consumption' | 'invoice' | 'lot' | 'order' | null;
  /**
   * What an entry of this kind does to the passes of lots, by which `daypass verify` follows them:
   * - `FILLS`: its passes pay what is owed, and the others are a new lot;
   * - `DRAWS`: one pass leaves a lot, or is owed;
   * - `RETURNS`: one pass returns to a lot, or pays what is owed;
   * - `EMPTIES`: what is left of a lot leaves it.
   */
  readonly moves: 'FILLS' | 'DRAWS' | 'RETURNS' | 'EMPTIES' | 'NOTHING';
  /** By how much the entry changes the balance of its wallet. */
  delta(payload: Payload): number;
}

/** Payloads say more by ids and numbers. Their JSON text is what is stored and hashed. */
export type AnyPayload = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

/** What an entry without more to say has as its payload. */
export type NoPayload = Readonly<Record<string, never>>;
