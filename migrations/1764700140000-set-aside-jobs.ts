import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a job of an outbox was set aside, because the queue refuses what is in it: the other jobs of its
 * account do not wait for it. The previous release tries such a job again and again, as before.
 */
export class SetAsideJobs1764700140000 implements MigrationInterface {
  name = 'SetAsideJobs1764700140000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table job_outbox add column set_aside_at timestamptz`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table job_outbox drop column set_aside_at`);
  }
}
