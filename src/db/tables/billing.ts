import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InvoiceParty } from '../../core/invoice-party';

/** Where an account's invoices go; no row as long as nothing has been entered. */
@Entity('billing')
export class BillingRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  /** The account as invoices name it. */
  @Column('jsonb', { nullable: true })
  buyer!: InvoiceParty | null;

  @Column('text', { nullable: true })
  billingEmail!: string | null;
}
