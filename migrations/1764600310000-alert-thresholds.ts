import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * More alerts of a wallet, below its low-balance threshold. The previous release reads and sets the
 * highest alone.
 */
export class AlertThresholds1764600310000 implements MigrationInterface {
  name = 'AlertThresholds1764600310000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table wallets add column lower_thresholds integer[] not null default '{}'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table wallets drop column lower_thresholds`);
  }
}
