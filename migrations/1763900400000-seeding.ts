import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts whose past is still being written, for example by the seed of the demo. */
export class Seeding1763900400000 implements MigrationInterface {
  name = 'Seeding1763900400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table accounts add column seeding boolean not null default false`);
    // Each round of the expiry loop reads it; usually there is no such account.
    await db.query(`create index accounts_seeding_idx on accounts (id) where seeding`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table accounts drop column seeding`);
  }
}
