import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts whose past is still being written, as by the seed of the demo. */
export class Seeding1763900400000 implements MigrationInterface {
  name = 'Seeding1763900400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table accounts add column seeding boolean not null default false`);
    // Asked for by every round of the expiry loop; there is hardly ever one.
    await db.query(`create index accounts_seeding_idx on accounts (id) where seeding`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table accounts drop column seeding`);
  }
}
