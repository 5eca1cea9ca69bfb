import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Checks the documents that were there before their key. Others may write meanwhile. */
export class InvoiceOrdersChecked1764700170000 implements MigrationInterface {
  name = 'InvoiceOrdersChecked1764700170000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table invoices validate constraint invoices_order_fkey`);
  }

  /** A key that was checked does no harm to a release that did not check it. */
  async down(): Promise<void> {}
}
