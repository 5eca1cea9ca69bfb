import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute } from './distribute';

/**
 * Channels of Slack and Teams that receive an account's notices. Their addresses are secrets, so they
 * are sealed. The previous release does not read the table.
 */
export class NoticeChannels1764600400000 implements MigrationInterface {
  name = 'NoticeChannels1764600400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table notice_channels (
        account_id uuid not null,
        id uuid not null,
        kind text not null,
        name text not null,
        sealed_url bytea not null,
        notices text[] not null,
        failing_since timestamptz,
        retry_at timestamptz,
        created_at timestamptz not null,
        constraint notice_channels_pkey primary key (account_id, id),
        constraint notice_channels_kind_check check (kind in ('SLACK', 'TEAMS')),
        constraint notice_channels_name_check check (length(name) between 1 and 100),
        constraint notice_channels_sealed_url_check check (length(sealed_url) between 29 and 9000)
      )`);
    await distribute(db, 'notice_channels');
    await db.query(`
      alter table notice_channels add constraint notice_channels_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table notice_channels`);
  }
}
