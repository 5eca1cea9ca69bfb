import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Addresses of partners that receive the journal, and a log of the tries. The previous release does
 * not read them.
 */
export class Webhooks1764500300000 implements MigrationInterface {
  name = 'Webhooks1764500300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table webhook_endpoints (
        account_id uuid not null,
        id uuid not null,
        url text not null,
        description text,
        kinds text[] not null,
        state text not null,
        sequence integer not null,
        secret_version integer not null default 1,
        previous_secret_until timestamptz,
        failures integer not null default 0,
        failing_since timestamptz,
        retry_at timestamptz,
        last_success_at timestamptz,
        paused_at timestamptz,
        replay_after integer,
        replay_through integer,
        replay_sequences integer[],
        lease uuid,
        lease_until timestamptz,
        created_at timestamptz not null,
        constraint webhook_endpoints_pkey primary key (account_id, id),
        constraint webhook_endpoints_account_fkey
          foreign key (account_id) references accounts (id) on delete restrict,
        constraint webhook_endpoints_url_check check (length(url) between 1 and 2000),
        constraint webhook_endpoints_description_check check (length(description) <= 200),
        constraint webhook_endpoints_state_check
          check (state in ('ACTIVE', 'PAUSED', 'PAUSED_FAILING')),
        constraint webhook_endpoints_sequence_check check (sequence >= 0),
        constraint webhook_endpoints_secret_version_check check (secret_version >= 1),
        constraint webhook_endpoints_failures_check check (failures >= 0),
        constraint webhook_endpoints_replay_check
          check ((replay_after is null) = (replay_through is null)),
        constraint webhook_endpoints_lease_check check ((lease is null) = (lease_until is null))
      )`);
    await db.query(`
      create table webhook_tries (
        account_id uuid not null,
        id uuid not null,
        endpoint_id uuid not null,
        sequence integer,
        kind text not null,
        tried_at timestamptz not null,
        delivered boolean not null,
        status integer,
        milliseconds integer not null,
        error text,
        answer text,
        replay boolean not null,
        constraint webhook_tries_pkey primary key (account_id, id),
        constraint webhook_tries_endpoint_fkey foreign key (account_id, endpoint_id)
          references webhook_endpoints (account_id, id) on delete cascade,
        constraint webhook_tries_milliseconds_check check (milliseconds >= 0)
      )`);
    await db.query(`
      create index webhook_tries_newest_index
        on webhook_tries (account_id, endpoint_id, tried_at desc, id desc)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table webhook_tries`);
    await db.query(`drop table webhook_endpoints`);
  }
}
