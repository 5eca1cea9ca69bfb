import type { QueryRunner } from 'typeorm';

/**
 * For a migration that creates a table of accounts: distributes the table as the others are, if this
 * database is distributed; does nothing in any other. Call it after the table is created and before
 * its foreign keys are added.
 */
export async function distribute(db: QueryRunner, table: string): Promise<void> {
  const read = async (sql: string) => (await db.query(sql)) as unknown[];
  const citus = await read(`select 1 where to_regclass('citus_tables') is not null`);
  if (citus.length === 0) return;
  const journals = await read(
    `select 1 from citus_tables where table_name = 'journals'::regclass
       and citus_table_type = 'distributed'`,
  );
  if (journals.length === 0) return;
  await db.query(
    `select create_distributed_table('${table}', 'account_id', colocate_with => 'journals')`,
  );
}
