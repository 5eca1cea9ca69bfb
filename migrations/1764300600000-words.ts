import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['agents', 'clients'];

/**
 * Lists by name follow ICU's root collation, whatever the locale of the database is, and so do
 * their indexes. The previous release sorts without an index until it is replaced.
 */
export class Words1764300600000 implements MigrationInterface {
  name = 'Words1764300600000';

  async up(db: QueryRunner): Promise<void> {
    for (const table of tables) {
      await db.query(
        `create index ${table}_words_idx on ${table} (account_id, lower(name collate "und-x-icu"), id)`,
      );
      await db.query(`drop index ${table}_name_idx`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of tables) {
      await db.query(`create index ${table}_name_idx on ${table} (account_id, lower(name), id)`);
      await db.query(`drop index ${table}_words_idx`);
    }
  }
}
