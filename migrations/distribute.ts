import type { QueryRunner } from 'typeorm';

/**
 * For a migration that creates a table of accounts: distributes the table as the others are, if this
 * database is distributed; does nothing in any other. Call it after the table is created and before
 * its foreign keys are added.
 */
export async function distribute(db: QueryRunner, table: string): Promise<void> {
  const [citus] = (await db.query(`select to_regclass('citus_tables') is not null as there`)) as {
    there: boolean;
  }[];
  if (!citus!.there) return;
  const journals: unknown[] = await db.query(
    `select 1 from citus_tables where table_name = 'journals'::regclass`,
  );
  if (journals.length === 0) return;
  await db.query(
    `select create_distributed_table('${table}', 'account_id', colocate_with => 'journals')`,
  );
}
