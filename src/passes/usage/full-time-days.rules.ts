import type { AgentType } from '../../ledger/model/ledger';
import { addDays } from '../../time/calendar';
import { localDayOf } from '../../time/local-day';

/** An agent who was converted, with all of its conversions, oldest first. */
export interface ConvertedAgent {
  agentId: string;
  /** The zone that the agent has now. */
  timeZone: string;
  /** When the agent first became active; null: not yet. */
  activatedAtMs: number | null;
  conversions: readonly { from: AgentType; to: AgentType; atMs: number }[];
}

/**
 * The dates of a report on which an agent was full-time, if a conversion of it is within the
 * report: an agent who is full-time for an hour has access without a pass on that date. Each date
 * counts once, in the agent's zone; future dates do not count. An agent who was never active never
 * had access.
 */
export function fullTimeDates(
  { timeZone, activatedAtMs, conversions }: ConvertedAgent,
  { from, to, nowMs }: { from: string; to: string; nowMs: number },
): string[] {
  const dateOf = (atMs: number) => localDayOf(atMs, timeZone).localDate;
  const isWithin = (date: string) => from <= date && date <= to;
  if (activatedAtMs === null || !conversions.some(({ atMs }) => isWithin(dateOf(atMs)))) return [];

  const dates: string[] = [];
  for (const { startMs, endMs } of fullTimePeriods(conversions, nowMs)) {
    const beganMs = Math.max(startMs, activatedAtMs);
    if (beganMs >= endMs) continue;
    const [first, last] = [dateOf(beganMs), dateOf(endMs - 1)];
    let date = dates.at(-1) === first ? addDays(first, 1) : first;
    if (date < from) date = from;
    for (; date <= last && date <= to; date = addDays(date, 1)) dates.push(date);
  }
  return dates;
}

/**
 * Start (included) and end (excluded). A period that has not ended lasts until now, and at least an
 * instant.
 */
function fullTimePeriods(
  conversions: ConvertedAgent['conversions'],
  nowMs: number,
): { startMs: number; endMs: number }[] {
  const periods: { startMs: number; endMs: number }[] = [];
  let startMs = conversions[0]?.from === 'FULL_TIME' ? Number.NEGATIVE_INFINITY : null;
  for (const { to, atMs } of conversions) {
    if (to === 'FULL_TIME') startMs ??= atMs;
    else if (startMs !== null) {
      periods.push({ startMs, endMs: atMs });
      startMs = null;
    }
  }
  if (startMs !== null) periods.push({ startMs, endMs: Math.max(nowMs, startMs) + 1 });
  return periods;
}
