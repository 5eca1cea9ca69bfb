import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether portal sessions may use passes. Earlier releases do not know it and leave the default:
 * true.
 */
export class SessionConsume1764300100000 implements MigrationInterface {
  name = 'SessionConsume1764300100000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table accounts add column allow_session_consume boolean not null default true`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table accounts drop column allow_session_consume`);
  }
}
