import { addDays } from '../../format/calendar';

/** From a date to a date, both included. */
export interface Period {
  from: string;
  to: string;
}

/** Months in the list, the present one included: a year, and the same month of the year before. */
const monthsListed = 13;

/** The first date of the month that is a number of months after that of a date. */
function monthStart(date: string, months = 0): string {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** The months around a date: `count` of them from its own month, or from one before or after it. */
function monthsFrom(date: string, first: number, count = 1): Period {
  return { from: monthStart(date, first), to: addDays(monthStart(date, first + count), -1) };
}

export function presetsOf(
  today: string,
): Record<'thisMonth' | 'lastMonth' | 'thisQuarter' | 'lastQuarter', Period> {
  const intoQuarter = (Number(today.slice(5, 7)) - 1) % 3;
  return {
    thisMonth: monthsFrom(today, 0),
    lastMonth: monthsFrom(today, -1),
    thisQuarter: monthsFrom(today, -intoQuarter, 3),
    lastQuarter: monthsFrom(today, -intoQuarter - 3, 3),
  };
}

/** The present month and those before it, the newest first. */
export function monthsUntil(today: string): Period[] {
  return Array.from({ length: monthsListed }, (_, ago) => monthsFrom(today, -ago));
}
