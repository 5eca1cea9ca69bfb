export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** The time that a seeded account's history covers: from ninety days ago up to its creation. */
export interface Span {
  startMs: number;
  endMs: number;
}

/**
 * An account is created with its history's first instant, so another run finds it after a seed was
 * killed.
 */
export function spanFrom(startMs: number): Span {
  return { startMs, endMs: startMs + spanDays * dayMs };
}

export const spanDays = 90;
