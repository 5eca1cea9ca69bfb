import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InvoiceParty } from '../../core/invoice-party';

/**
 * The company that sells day passes. A change adds a row and the newest one counts, so the table also
 * records what the seller was before, and who changed it.
 */
@Entity('sellers')
export class SellerRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('jsonb')
  party!: InvoiceParty;

  /** Countries other than its own whose tax it charges. */
  @Column('jsonb')
  taxRegistrations!: { country: string; vatId: string }[];

  /** Invoice numbers begin with it. */
  @Column('text')
  invoicePrefix!: string;

  /** Where buyers pay, as it is written on invoices. */
  @Column('text', { nullable: true })
  paymentAccount!: string | null;

  /** The legal basis of an exemption, for sales of category E. */
  @Column('text', { nullable: true })
  exemptionNote!: string | null;

  @Column('timestamptz')
  setAt!: Date;

  /** The program and login name: these rows are in no account's audit trail. */
  @Column('text')
  setBy!: string;
}
