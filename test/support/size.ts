/** The long run (`npm run test:long`) does everything more often, with more of everything. */
export const isLong = process.env.TEST_LONG === '1';
/** One number for the short run, one for the long. */
export const size = (short: number, long: number): number => (isLong ? long : short);
