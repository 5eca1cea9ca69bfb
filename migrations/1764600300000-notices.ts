import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute } from './distribute';

/**
 * Notices to people, and what each person has read and does not want by mail. The previous release
 * reads neither table, and does not use the new column.
 */
export class Notices1764600300000 implements MigrationInterface {
  name = 'Notices1764600300000';

  async up(db: QueryRunner): Promise<void> {
    // The number of the account's last notice, beside the lock under which it grows.
    await db.query(`alter table state_revisions add column notices integer not null default 0`);
    await db.query(`
      create table notices (
        account_id uuid not null,
        id uuid not null,
        number integer not null,
        kind text not null,
        occurred_at timestamptz not null,
        sequence integer,
        wallet_id uuid,
        threshold integer,
        balance integer,
        facts jsonb not null,
        agent_id uuid,
        created_at timestamptz not null,
        constraint notices_pkey primary key (account_id, id),
        constraint notices_number_key unique (account_id, number),
        constraint notices_kind_check check (length(kind) between 1 and 50),
        constraint notices_number_check check (number >= 1)
      )`);
    await distribute(db, 'notices');
    await db.query(`
      alter table notices
        add constraint notices_account_fkey
          foreign key (account_id) references accounts (id) on delete restrict,
        add constraint notices_wallet_fkey foreign key (account_id, wallet_id)
          references wallets (account_id, id) on delete cascade,
        add constraint notices_agent_fkey foreign key (account_id, agent_id)
          references agents (account_id, id) on delete cascade`);
    // The limit of a day, and the sweep.
    await db.query(`create index notices_wallet_index
      on notices (account_id, wallet_id, kind, threshold, number)`);
    await db.query(`create index notices_agent_index on notices (account_id, agent_id, number)`);
    await db.query(`create index notices_created_index on notices (created_at)`);
    await db.query(`
      create table notice_settings (
        account_id uuid not null,
        agent_id uuid not null,
        read_through integer not null default 0,
        mails_off text[] not null default '{}',
        constraint notice_settings_pkey primary key (account_id, agent_id),
        constraint notice_settings_read_through_check check (read_through >= 0)
      )`);
    await distribute(db, 'notice_settings');
    await db.query(`
      alter table notice_settings add constraint notice_settings_agent_fkey
        foreign key (account_id, agent_id) references agents (account_id, id) on delete cascade`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table notice_settings`);
    await db.query(`drop table notices`);
    await db.query(`alter table state_revisions drop column notices`);
  }
}
