/** Whose pass it was and for how long it would have run. A reversal shortens nothing of it. */
export interface PassSpan {
  id: string;
  agentId: string;
  startsAtMs: number;
  expiresAtMs: number;
}

/** No pass is longer: a day of 25 hours, and one that a zone stretches. The database checks it. */
export const passLengthMaxHours = 26;

/**
 * Whether two passes are of one day of one person: their times overlap. Names of zones and calendar dates
 * decide nothing, as an admin can change an agent's zone between two passes.
 */
export function isSameDay(one: PassSpan, other: PassSpan): boolean {
  return (
    one.agentId === other.agentId &&
    one.startsAtMs < other.expiresAtMs &&
    other.startsAtMs < one.expiresAtMs
  );
}
