/** The calendar date a number of days after one, or before it. Throws if the text is not a date. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The calendar date after one. Null if the text is not a date. */
export function dateAfter(date: string): string | null {
  return Number.isNaN(Date.parse(`${date}T00:00:00Z`)) ? null : addDays(date, 1);
}
