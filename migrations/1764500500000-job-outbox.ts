import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute } from './distribute';

/**
 * Jobs that a command requests, in the account's own tables until a process queues them. The queue of
 * jobs belongs to no account, so in a cluster it is on another machine than the command's
 * transaction. The previous release does not read it: it queues its own jobs itself.
 */
export class JobOutbox1764500500000 implements MigrationInterface {
  name = 'JobOutbox1764500500000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table job_outbox (
        account_id uuid not null,
        id uuid not null,
        task text not null,
        payload text not null,
        run_at timestamptz,
        constraint job_outbox_pkey primary key (account_id, id),
        constraint job_outbox_task_check check (length(task) between 1 and 100),
        constraint job_outbox_payload_check check (length(payload) between 2 and 10000)
      )`);
    await distribute(db, 'job_outbox');
    await db.query(`
      alter table job_outbox add constraint job_outbox_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table job_outbox`);
  }
}
