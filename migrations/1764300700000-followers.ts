import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where each follower of the journals stands in each account's. The previous release reads neither table. */
export class Followers1764300700000 implements MigrationInterface {
  name = 'Followers1764300700000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table followers (
        name text not null,
        begins_at text not null,
        introduced_at timestamptz not null,
        constraint followers_pkey primary key (name),
        constraint followers_name_check check (length(name) between 1 and 50),
        constraint followers_begins_at_check
          check (begins_at in ('FIRST_ENTRY', 'PRESENT_END'))
      )`);
    await db.query(`
      create table follower_places (
        account_id uuid not null,
        follower text not null,
        sequence integer not null,
        failures integer not null default 0,
        failing_since timestamptz,
        retry_at timestamptz,
        constraint follower_places_pkey primary key (account_id, follower),
        constraint follower_places_sequence_check check (sequence >= 0),
        constraint follower_places_failures_check check (failures >= 0)
      )`);
    await db.query(`
      alter table follower_places add constraint follower_places_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table follower_places`);
    await db.query(`drop table followers`);
  }
}
