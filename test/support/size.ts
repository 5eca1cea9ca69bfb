/** The long run (`npm run test:long`) does everything more often, with more of everything. */
export const isLong = process.env.TEST_LONG === '1';
/** One value for the short run, one for the long. */
export const size = <Value extends number | string>(short: Value, long: Value): Value =>
  isLong ? long : short;

/**
 * A test of the long run only, which CI makes for every change: a further case of what another test of
 * `npm test` shows, a form or a dialog whose rules the tests of the API hold, or how a page looks in
 * another size or scheme.
 */
export function longTest(name: string, body: () => Promise<void>): void {
  if (isLong) test(name, body);
}
