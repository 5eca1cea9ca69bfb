import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where an account's invoices go. An account has a row once somebody has entered something. The
 * previous release does not read it.
 */
export class Billing1764400100000 implements MigrationInterface {
  name = 'Billing1764400100000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table billing (
        account_id uuid not null,
        buyer jsonb,
        billing_email text,
        constraint billing_pkey primary key (account_id),
        constraint billing_account_fkey
          foreign key (account_id) references accounts (id) on delete restrict,
        constraint billing_buyer_check check (jsonb_typeof(buyer) = 'object'),
        constraint billing_billing_email_check check (length(billing_email) between 3 and 254)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table billing`);
  }
}
