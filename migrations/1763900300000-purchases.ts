import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passes that were bought, with the price they were bought at. */
export class Purchases1763900300000 implements MigrationInterface {
  name = 'Purchases1763900300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table purchases (
        account_id uuid not null,
        id uuid not null,
        wallet_id uuid not null,
        lot_id uuid not null,
        sequence integer not null,
        quantity integer not null,
        unit_price_minor bigint not null,
        total_minor bigint not null,
        currency text not null,
        purchased_by uuid,
        purchased_at timestamptz not null,
        constraint purchases_pkey primary key (account_id, id),
        constraint purchases_total_check check (total_minor = unit_price_minor * quantity),
        constraint purchases_currency_check check (currency ~ '^[A-Z]{3}$')
      )`);
    await db.query(`
      alter table purchases add constraint purchases_wallet_fkey
        foreign key (account_id, wallet_id) references wallets (account_id, id) on delete restrict`);
    await db.query(`
      alter table purchases add constraint purchases_lot_fkey
        foreign key (account_id, lot_id) references lots (account_id, id) on delete restrict`);
    await db.query(`
      alter table purchases add constraint purchases_agent_fkey
        foreign key (account_id, purchased_by) references agents (account_id, id)
        on delete restrict`);
    // Reversed passes are few: before a reversal, the writer looks for another one of the same day.
    await db.query(`
      create index consumptions_reversed_idx on consumptions
        (account_id, agent_id, local_date, time_zone) where reversed_at is not null`);
    await db.query(`revoke update, delete, truncate on purchases from current_user`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index consumptions_reversed_idx`);
    await db.query(`drop table purchases`);
  }
}
