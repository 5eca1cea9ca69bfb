/** A broken promise. The part of the message before the colon names it. */
export class Broken extends Error {
  override name = 'Broken';

  constructor(
    readonly promise: string,
    details?: unknown,
  ) {
    super(details === undefined ? promise : `${promise}: ${describe(details)}`);
  }
}

/** Breaks if it is not true. */
export function demand(holds: boolean, promise: string, details?: unknown): asserts holds {
  if (!holds) throw new Broken(promise, details);
}

function describe(details: unknown): string {
  return typeof details === 'string' ? details : JSON.stringify(details);
}
