/** A promise that did not hold. The message's part before the colon says which. */
export class Broken extends Error {
  override name = 'Broken';

  constructor(
    readonly promise: string,
    details?: unknown,
  ) {
    super(details === undefined ? promise : `${promise}: ${describe(details)}`);
  }
}

/** Breaks unless it holds. */
export function demand(holds: boolean, promise: string, details?: unknown): asserts holds {
  if (!holds) throw new Broken(promise, details);
}

function describe(details: unknown): string {
  return typeof details === 'string' ? details : JSON.stringify(details);
}
