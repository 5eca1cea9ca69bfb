import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute } from './distribute';

/**
 * Orders of passes on terms, and what was paid for them. The terms of an account are columns with
 * defaults: the previous release neither reads nor writes them, and sells nothing to such an account.
 */
export class Orders1764600100000 implements MigrationInterface {
  name = 'Orders1764600100000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table accounts
        add column terms_days integer,
        add column credit_limit_minor bigint,
        add column credit_first boolean not null default true,
        add column hold_since timestamptz,
        add constraint accounts_terms_days_check check (terms_days between 0 and 365),
        add constraint accounts_credit_limit_check check (credit_limit_minor >= 0)`);
    await db.query(`
      create table orders (
        account_id uuid not null,
        id uuid not null,
        place integer not null,
        number text not null,
        wallet_id uuid not null,
        sequence integer not null,
        quantity integer not null,
        unit_price_minor bigint not null,
        currency text not null,
        net_minor bigint not null,
        tax_category text,
        tax_basis_points integer,
        tax_minor bigint,
        tax_note text,
        gross_minor bigint not null,
        terms_days integer not null,
        credit_first boolean not null,
        purchase_order_number text,
        placed_by uuid,
        placed_at timestamptz not null,
        credited_at timestamptz,
        paid_at timestamptz,
        canceled_at timestamptz,
        received_minor bigint not null default 0,
        back_minor bigint not null default 0,
        notes_minor bigint not null default 0,
        open_minor bigint not null generated always as (
          greatest(0, gross_minor - notes_minor - received_minor + back_minor)
          * (canceled_at is null)::integer) stored,
        constraint orders_pkey primary key (account_id, id),
        constraint orders_place_key unique (account_id, place),
        constraint orders_sequence_key unique (account_id, sequence),
        constraint orders_quantity_check check (quantity between 1 and 1000000),
        constraint orders_net_check check (net_minor = unit_price_minor * quantity),
        constraint orders_gross_check check (gross_minor = net_minor + coalesce(tax_minor, 0)),
        constraint orders_currency_check check (currency ~ '^[A-Z]{3}$'),
        constraint orders_purchase_order_check
          check (length(purchase_order_number) between 1 and 50),
        constraint orders_counters_check
          check (received_minor >= 0 and back_minor >= 0 and notes_minor between 0 and gross_minor),
        constraint orders_end_check check (credited_at is null or canceled_at is null)
      )`);
    await distribute(db, 'orders');
    await db.query(`
      alter table orders
        add constraint orders_wallet_fkey
          foreign key (account_id, wallet_id) references wallets (account_id, id) on delete restrict,
        add constraint orders_agent_fkey
          foreign key (account_id, placed_by) references agents (account_id, id) on delete restrict`);
    // The credit limit sums what is open under the account's lock, so that sum reads open orders alone.
    await db.query(`
      create index orders_open_idx on orders (account_id, open_minor)
        where open_minor > 0 and credited_at is not null`);
    await db.query(`
      create table payment_attempts (
        account_id uuid not null,
        id uuid not null,
        order_id uuid not null,
        gateway text not null,
        reference text not null,
        received_minor bigint not null,
        refunded_minor bigint not null,
        withdrawn_minor bigint not null,
        reinstated_minor bigint not null,
        received_on date,
        recorded_at timestamptz not null,
        constraint payment_attempts_pkey primary key (account_id, id),
        constraint payment_attempts_reference_key unique (account_id, order_id, gateway, reference),
        constraint payment_attempts_counters_check check (received_minor >= 0
          and refunded_minor >= 0 and withdrawn_minor >= 0 and reinstated_minor >= 0),
        constraint payment_attempts_reference_check check (length(reference) between 1 and 200)
      )`);
    await distribute(db, 'payment_attempts');
    await db.query(`
      alter table payment_attempts add constraint payment_attempts_order_fkey
        foreign key (account_id, order_id) references orders (account_id, id) on delete restrict`);
    await db.query(`alter table purchases add column order_id uuid`);
    await db.query(`
      alter table purchases
        add constraint purchases_order_key unique (account_id, order_id),
        add constraint purchases_order_fkey
          foreign key (account_id, order_id) references orders (account_id, id) on delete restrict`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table purchases drop column order_id`);
    await db.query(`drop table payment_attempts`);
    await db.query(`drop table orders`);
    await db.query(`
      alter table accounts drop column hold_since, drop column credit_first,
        drop column credit_limit_minor, drop column terms_days`);
  }
}
