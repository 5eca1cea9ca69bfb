/** The long run (`npm run test:long`) does everything more often, with more of everything. */
export const isLong = process.env.TEST_LONG === '1';
/** One value for the short run, one for the long. */
export const size = <Value extends number | string>(short: Value, long: Value): Value =>
  isLong ? long : short;
