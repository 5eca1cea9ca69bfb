/**
 * SQL for the account's instant: the database's clock and the test clock, never before the journal's
 * last. It names the account `a` and its journal `j`.
 */
export const instantOf = (fixedMs: string) => `greatest(
  coalesce(
    to_timestamp(${fixedMs}::float8 / 1000),
    date_trunc('milliseconds', clock_timestamp())
      + a.test_clock_offset_ms * interval '1 millisecond'),
  j.last_instant)`;
