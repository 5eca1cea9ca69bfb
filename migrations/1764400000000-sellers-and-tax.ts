import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The company that sells day passes, and the tax on them by country. Both ship empty. They belong to
 * no account; the previous release reads neither.
 */
export class SellersAndTax1764400000000 implements MigrationInterface {
  name = 'SellersAndTax1764400000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table sellers (
        id uuid not null,
        party jsonb not null,
        tax_registrations jsonb not null default '[]',
        invoice_prefix text not null,
        payment_account text,
        exemption_note text,
        set_at timestamptz not null,
        set_by text not null,
        constraint sellers_pkey primary key (id),
        constraint sellers_party_check check (jsonb_typeof(party) = 'object'),
        constraint sellers_tax_registrations_check
          check (jsonb_typeof(tax_registrations) = 'array'),
        constraint sellers_invoice_prefix_check check (invoice_prefix ~ '^[A-Z0-9]{1,10}$'),
        constraint sellers_payment_account_check
          check (length(payment_account) between 1 and 500),
        constraint sellers_exemption_note_check check (length(exemption_note) between 1 and 500)
      )`);
    await db.query(`create index sellers_set_at_idx on sellers (set_at, id)`);
    await db.query(`
      create table tax_rates (
        country text not null,
        valid_from timestamptz not null,
        valid_to timestamptz,
        category text not null,
        basis_points integer not null,
        changed_at timestamptz not null,
        changed_by text not null,
        constraint tax_rates_pkey primary key (country, valid_from),
        constraint tax_rates_country_check check (country ~ '^[A-Z]{2}$'),
        constraint tax_rates_valid_check check (valid_to > valid_from),
        constraint tax_rates_category_check check (
          (category = 'S' and basis_points between 1 and 10000)
          or (category in ('Z', 'E') and basis_points = 0))
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table tax_rates`);
    await db.query(`drop table sellers`);
  }
}
