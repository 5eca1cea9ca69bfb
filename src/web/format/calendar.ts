/** The calendar date after one. Null if the text is not a date. */
export function dateAfter(date: string): string | null {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? null : new Date(at + 86_400_000).toISOString().slice(0, 10);
}
