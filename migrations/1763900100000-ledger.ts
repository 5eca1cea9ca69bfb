import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `create table clients (
    account_id uuid not null,
    id uuid not null,
    name text not null,
    external_id text,
    created_at timestamptz not null,
    constraint clients_pkey primary key (account_id, id),
    constraint clients_external_id_key unique (account_id, external_id),
    constraint clients_name_check check (length(name) between 1 and 200),
    constraint clients_external_id_check check (length(external_id) between 1 and 200)
  )`,
  `create table agents (
    account_id uuid not null,
    id uuid not null,
    name text not null,
    email text not null,
    type text not null,
    status text not null,
    role text not null,
    time_zone text not null,
    sections text[] not null,
    revision integer not null default 1,
    created_at timestamptz not null,
    constraint agents_pkey primary key (account_id, id),
    constraint agents_email_key unique (account_id, email),
    constraint agents_name_check check (length(name) between 1 and 200),
    constraint agents_email_check check (email = lower(email) and length(email) between 3 and 320),
    constraint agents_type_check check (type in ('FULL_TIME', 'OCCASIONAL')),
    constraint agents_status_check check (status in ('INVITED', 'ACTIVE', 'DEACTIVATED')),
    constraint agents_role_check check (role in ('ACCOUNT_ADMIN', 'AGENT')),
    constraint agents_time_zone_check check (length(time_zone) between 1 and 64)
  )`,
  `create table tickets (
    account_id uuid not null,
    id uuid not null,
    number integer not null,
    subject text not null,
    description text not null,
    status text not null,
    priority text not null,
    client_id uuid,
    requester_name text not null,
    requester_email text not null,
    assignee_id uuid,
    external_id text,
    revision integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint tickets_pkey primary key (account_id, id),
    constraint tickets_number_key unique (account_id, number),
    constraint tickets_external_id_key unique (account_id, external_id),
    constraint tickets_number_check check (number > 0),
    constraint tickets_subject_check check (length(subject) between 1 and 500),
    constraint tickets_description_check check (length(description) <= 50000),
    constraint tickets_status_check check (status in ('OPEN', 'PENDING', 'RESOLVED', 'CLOSED')),
    constraint tickets_priority_check check (priority in ('LOW', 'MEDIUM', 'HIGH', 'URGENT')),
    constraint tickets_requester_email_check check (requester_email = lower(requester_email))
  )`,
  `create table journals (
    account_id uuid not null,
    sequence integer not null default 0,
    last_instant timestamptz not null,
    last_hash bytea not null,
    constraint journals_pkey primary key (account_id),
    constraint journals_sequence_check check (sequence >= 0),
    constraint journals_last_hash_check check (length(last_hash) = 32)
  )`,
  `create table state_revisions (
    account_id uuid not null,
    revision bigint not null default 0,
    constraint state_revisions_pkey primary key (account_id)
  )`,
  `create table journal_entries (
    account_id uuid not null,
    sequence integer not null,
    id uuid not null,
    kind text not null,
    wallet_id uuid not null,
    wallet_sequence integer not null,
    delta integer not null,
    balance integer not null,
    actor_kind text,
    actor_id uuid,
    agent_id uuid,
    consumption_id uuid,
    payload text not null,
    occurred_at timestamptz not null,
    key text,
    key_digest text,
    command_id uuid not null,
    hash bytea not null,
    constraint journal_entries_pkey primary key (account_id, sequence),
    constraint journal_entries_key_key unique (account_id, kind, key),
    constraint journal_entries_actor_check check (
      (actor_kind is null) = (actor_id is null) and actor_kind in ('AGENT', 'API_KEY')),
    constraint journal_entries_kind_check check (length(kind) between 1 and 50),
    constraint journal_entries_key_check check (length(key) between 1 and 200),
    constraint journal_entries_payload_check check (length(payload) between 2 and 200000),
    constraint journal_entries_hash_check check (length(hash) = 32)
  )`,
  `create table wallets (
    account_id uuid not null,
    id uuid not null,
    name text not null,
    client_id uuid,
    balance integer not null default 0,
    low_balance_threshold integer,
    emergency_allowance integer not null default 0,
    frozen_at timestamptz,
    last_sequence integer not null default 0,
    last_hash bytea not null,
    last_wallet_sequence integer not null default 0,
    created_at timestamptz not null,
    constraint wallets_pkey primary key (account_id, id),
    constraint wallets_client_key unique (account_id, client_id),
    constraint wallets_name_check check (length(name) between 1 and 200),
    constraint wallets_balance_floor_check check (balance >= -emergency_allowance),
    constraint wallets_balance_ceiling_check check (balance <= 1000000000),
    constraint wallets_allowance_check check (emergency_allowance between 0 and 1000),
    constraint wallets_threshold_check check (low_balance_threshold between 0 and 1000000000)
  )`,
  `create table lots (
    account_id uuid not null,
    id uuid not null,
    wallet_id uuid not null,
    sequence integer not null,
    quantity integer not null,
    remaining integer not null,
    priority smallint not null default 0,
    unit_price_minor bigint,
    currency text,
    expires_at timestamptz,
    created_at timestamptz not null,
    constraint lots_pkey primary key (account_id, id),
    constraint lots_quantity_check check (quantity between 1 and 1000000),
    constraint lots_remaining_check check (remaining between 0 and quantity),
    constraint lots_unit_price_check check (unit_price_minor >= 0),
    constraint lots_money_check check ((unit_price_minor is null) = (currency is null))
  )`,
  `create table consumptions (
    account_id uuid not null,
    id uuid not null,
    agent_id uuid not null,
    wallet_id uuid not null,
    lot_id uuid,
    ticket_id uuid,
    client_id uuid,
    source text not null,
    confirmation_id uuid not null,
    sequence integer not null,
    time_zone text not null,
    utc_offset_minutes integer not null,
    tzdata_version text not null,
    local_date date not null,
    starts_at timestamptz not null,
    expires_at timestamptz not null,
    reversed_at timestamptz,
    emergency boolean not null,
    price_minor bigint,
    price_currency text,
    consent_notice text,
    consent_locale text,
    consent_at timestamptz,
    constraint consumptions_pkey primary key (account_id, id),
    constraint consumptions_confirmation_key unique (account_id, confirmation_id),
    constraint consumptions_source_check check (source in ('PORTAL', 'TICKET', 'API_KEY')),
    constraint consumptions_length_check
      check (expires_at > starts_at and expires_at <= starts_at + interval '26 hours'),
    constraint consumptions_lot_check check ((lot_id is null) = emergency),
    constraint consumptions_price_check check ((price_minor is null) = (price_currency is null)),
    constraint consumptions_consent_check check (
      (consent_notice is null) = (source = 'API_KEY')
      and (consent_notice is null) = (consent_locale is null)
      and (consent_notice is null) = (consent_at is null))
  )`,
  `create table running_passes (
    account_id uuid not null,
    agent_id uuid not null,
    consumption_id uuid not null,
    wallet_id uuid not null,
    expires_at timestamptz not null,
    constraint running_passes_pkey primary key (account_id, agent_id)
  )`,
  `create table emergency_passes (
    account_id uuid not null,
    consumption_id uuid not null,
    wallet_id uuid not null,
    sequence integer not null,
    settled_by_lot_id uuid,
    constraint emergency_passes_pkey primary key (account_id, consumption_id)
  )`,
  `create table day_pass_prices (
    plan text not null,
    currency text not null,
    minimum_quantity integer not null,
    valid_from timestamptz not null,
    valid_to timestamptz,
    unit_price_minor bigint not null,
    example boolean not null,
    constraint day_pass_prices_pkey primary key (plan, currency, minimum_quantity, valid_from),
    constraint day_pass_prices_quantity_check check (minimum_quantity >= 1),
    constraint day_pass_prices_price_check check (unit_price_minor >= 0),
    constraint day_pass_prices_currency_check check (currency ~ '^[A-Z]{3}$'),
    constraint day_pass_prices_validity_check check (valid_to > valid_from)
  )`,
];

/** Child, its columns, parent. The account leads on both sides of each. */
const foreignKeys: [child: string, name: string, columns: string, parent: string, key: string][] = [
  ['clients', 'account', 'account_id', 'accounts', 'id'],
  ['agents', 'account', 'account_id', 'accounts', 'id'],
  ['tickets', 'account', 'account_id', 'accounts', 'id'],
  ['tickets', 'client', 'account_id, client_id', 'clients', 'account_id, id'],
  ['tickets', 'assignee', 'account_id, assignee_id', 'agents', 'account_id, id'],
  ['journals', 'account', 'account_id', 'accounts', 'id'],
  ['state_revisions', 'account', 'account_id', 'accounts', 'id'],
  ['journal_entries', 'wallet', 'account_id, wallet_id', 'wallets', 'account_id, id'],
  ['wallets', 'account', 'account_id', 'accounts', 'id'],
  ['wallets', 'client', 'account_id, client_id', 'clients', 'account_id, id'],
  ['lots', 'wallet', 'account_id, wallet_id', 'wallets', 'account_id, id'],
  ['consumptions', 'agent', 'account_id, agent_id', 'agents', 'account_id, id'],
  ['consumptions', 'wallet', 'account_id, wallet_id', 'wallets', 'account_id, id'],
  ['consumptions', 'lot', 'account_id, lot_id', 'lots', 'account_id, id'],
  ['consumptions', 'ticket', 'account_id, ticket_id', 'tickets', 'account_id, id'],
  ['consumptions', 'client', 'account_id, client_id', 'clients', 'account_id, id'],
  ['running_passes', 'agent', 'account_id, agent_id', 'agents', 'account_id, id'],
  ['running_passes', 'consumption', 'account_id, consumption_id', 'consumptions', 'account_id, id'],
  [
    'emergency_passes',
    'consumption',
    'account_id, consumption_id',
    'consumptions',
    'account_id, id',
  ],
  ['emergency_passes', 'lot', 'account_id, settled_by_lot_id', 'lots', 'account_id, id'],
];

const indexes = [
  // The account's own wallet is the one without a client, and there is only one.
  `create unique index wallets_own_key on wallets (account_id) where client_id is null`,
  `create index lots_open_idx on lots (account_id, wallet_id, priority, expires_at, sequence)
    where remaining > 0`,
  `create index lots_due_idx on lots (expires_at, account_id) where remaining > 0`,
  `create index running_passes_due_idx on running_passes (expires_at, account_id)`,
  `create index emergency_passes_owed_idx on emergency_passes (account_id, wallet_id, sequence)
    where settled_by_lot_id is null`,
  `create index consumptions_agent_idx on consumptions (account_id, agent_id, starts_at, id)`,
  `create index consumptions_starts_idx on consumptions (account_id, starts_at, id)`,
  `create index journal_entries_wallet_idx on journal_entries (account_id, wallet_id, wallet_sequence)`,
  `create index tickets_requester_idx on tickets (account_id, requester_email, id)`,
  `create index tickets_assignee_idx on tickets (account_id, assignee_id, id)`,
];

/** Rows that are written once never change, not even by the service's own role. */
const privileges = [
  `revoke update, delete, truncate on journal_entries from current_user`,
  `revoke update, delete, truncate on consumptions from current_user`,
  `grant update (reversed_at) on consumptions to current_user`,
];

/** The people, the tickets, and the books: journal, wallets, lots, passes. */
export class Ledger1763900100000 implements MigrationInterface {
  name = 'Ledger1763900100000';

  async up(db: QueryRunner): Promise<void> {
    for (const statement of tables) await db.query(statement);
    for (const [child, name, columns, parent, key] of foreignKeys) {
      await db.query(
        `alter table ${child} add constraint ${child}_${name}_fkey
          foreign key (${columns}) references ${parent} (${key}) on delete restrict`,
      );
    }
    for (const statement of [...indexes, ...privileges]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    const names = tables.map((statement) => /create table (\w+)/.exec(statement)?.[1]);
    await db.query(`drop table ${names.reverse().join(', ')}`);
  }
}
