import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tenants, and the secrets that the replicas share. */
export class Accounts1763900000000 implements MigrationInterface {
  name = 'Accounts1763900000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table accounts (
        id uuid not null,
        slug text not null,
        name text not null,
        plan text not null,
        currency text not null,
        time_zone text not null,
        email_notifications_enabled boolean not null default true,
        sandbox boolean not null default false,
        test_clock_offset_ms bigint not null default 0,
        created_at timestamptz not null,
        constraint accounts_pkey primary key (id),
        constraint accounts_slug_key unique (slug),
        constraint accounts_slug_check check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 63),
        constraint accounts_name_check check (length(name) between 1 and 200),
        constraint accounts_plan_check check (length(plan) between 1 and 50),
        constraint accounts_currency_check check (currency ~ '^[A-Z]{3}$'),
        constraint accounts_time_zone_check check (length(time_zone) between 1 and 64),
        constraint accounts_test_clock_check check (test_clock_offset_ms = 0 or sandbox)
      )`);
    await db.query(`
      create table service_secrets (
        name text not null,
        value bytea not null,
        constraint service_secrets_pkey primary key (name),
        constraint service_secrets_value_check check (length(value) = 32)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table service_secrets`);
    await db.query(`drop table accounts`);
  }
}
