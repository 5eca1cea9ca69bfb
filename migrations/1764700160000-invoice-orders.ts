import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Each invoice and credit note belongs to an order. The key holds for new rows from here on, and the
 * next migration checks the rows that are there, so that no long check keeps others from writing.
 * Every release writes the order before its documents, in the same batch. Both tables are distributed
 * by their account, so a cluster accepts the key.
 */
export class InvoiceOrders1764700160000 implements MigrationInterface {
  name = 'InvoiceOrders1764700160000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table invoices add constraint invoices_order_fkey
        foreign key (account_id, order_id) references orders (account_id, id)
        on delete restrict not valid`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table invoices drop constraint invoices_order_fkey`);
  }
}
