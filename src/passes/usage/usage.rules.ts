import { DomainError } from '../../core/domain-error';
import { addDays, addMonths, dayNumberOf, startOfMonth, startOfWeek } from '../../time/calendar';

export type UsageInterval = 'DAY' | 'WEEK' | 'MONTH';

const periodsMax = 400;

const intervals: Record<
  UsageInterval,
  { startOf: (date: string) => string; next: (date: string) => string; daysMax: number }
> = {
  DAY: { startOf: (date) => date, next: (date) => addDays(date, 1), daysMax: 1 },
  WEEK: { startOf: startOfWeek, next: (date) => addDays(date, 7), daysMax: 7 },
  MONTH: { startOf: startOfMonth, next: (date) => addMonths(date, 1), daysMax: 31 },
};

/**
 * The first date of each period from the one that contains `from` to the one that contains `to`.
 * Throws BAD_USER_INPUT if `to` is before `from`, and for more than 400 periods.
 */
export function periodsBetween(
  { from, to }: { from: string; to: string },
  interval: UsageInterval,
): string[] {
  if (to < from) throw new DomainError('BAD_USER_INPUT', '`to` must not be before `from`.');
  const { startOf, next, daysMax } = intervals[interval];
  const tooMany = new DomainError(
    'BAD_USER_INPUT',
    `The report has too many periods. Ask for at most ${periodsMax} at once.`,
  );
  if (dayNumberOf(to) - dayNumberOf(from) > periodsMax * daysMax) throw tooMany;

  const starts = [startOf(from)];
  const last = startOf(to);
  for (let start = starts[0]!; start < last; starts.push(start)) start = next(start);
  if (starts.length > periodsMax) throw tooMany;
  return starts;
}

/** The first date of the period that contains a date. */
export function periodOf(date: string, interval: UsageInterval): string {
  return intervals[interval].startOf(date);
}
