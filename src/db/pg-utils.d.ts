/** A module of the driver that has no types. */
declare module 'pg/lib/utils' {
  /** The text or bytes of a parameter. */
  export function prepareValue(value: unknown): string | Buffer | null;
}
