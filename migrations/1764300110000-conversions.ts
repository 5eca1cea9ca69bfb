import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conversions of agents are found in the audit trail, by their time. */
export class Conversions1764300110000 implements MigrationInterface {
  name = 'Conversions1764300110000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index audit_events_converted_idx on audit_events (account_id, occurred_at, subject_id)
        where action = 'agent.converted'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index audit_events_converted_idx`);
  }
}
