import { dateIn } from '../../format/zone';
import type { OverviewAddedQuery } from '../../generated/app';
import type { UsageRow } from './overview.rules';

type AddedEntry = NonNullable<OverviewAddedQuery['dayPassEvents']>['edges'][number]['node'];

/** What happened to a wallet on one date. */
export interface BalanceDay {
  date: string;
  used: number;
  /** Bought and granted, less what ended unused. */
  added: number;
  /** At the end of the date. */
  balance: number;
}

/** Passes added per date of the account; negative if more ended unused. */
export function addedByDate(entries: readonly AddedEntry[], timeZone: string): Map<string, number> {
  const added = new Map<string, number>();
  for (const { occurredAt, delta } of entries) {
    const date = dateIn(Date.parse(occurredAt), timeZone);
    added.set(date, (added.get(date) ?? 0) + delta);
  }
  return added;
}

/**
 * The balance of each date, computed backwards from the present one, so that the line always ends in
 * the number above it. A reversed pass counts as if it had not been used. Dates before the first
 * movement are left out.
 */
export function balanceDays({
  balance,
  dates,
  rows,
  added,
}: {
  balance: number;
  dates: readonly string[];
  rows: readonly UsageRow[];
  added: ReadonlyMap<string, number>;
}): BalanceDay[] {
  const usedOn = new Map<string, number>();
  const last = dates.at(-1)!;
  for (const { periodStart, consumed } of rows) {
    // A date that has started only elsewhere counts as today.
    const date = periodStart > last ? last : periodStart;
    usedOn.set(date, (usedOn.get(date) ?? 0) + consumed);
  }
  let after = balance;
  const days = [...dates].reverse().map((date): BalanceDay => {
    const day = { date, used: usedOn.get(date) ?? 0, added: added.get(date) ?? 0, balance: after };
    after += day.used - day.added;
    return day;
  });
  days.reverse();
  const first = days.findIndex((day) => day.used > 0 || day.added !== 0);
  return first === -1 ? [] : days.slice(Math.max(0, first - 1));
}

/** The change from one count to another in percent; null if there was nothing before. */
export function changeOf(now: number, before: number): number | null {
  return before > 0 ? Math.round((100 * (now - before)) / before) : null;
}
