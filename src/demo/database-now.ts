import type { DataSource } from 'typeorm';

/** The present, by the clock that decides: the database's. */
export async function databaseNowMs(source: DataSource): Promise<number> {
  const [row]: { ms: number }[] = await source.query(
    'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms',
  );
  return row!.ms;
}
