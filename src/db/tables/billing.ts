import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InvoiceParty } from '../../core/invoice-party';

/** Where an account's invoices go. An account has no row until something is entered. */
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
