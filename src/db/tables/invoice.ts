import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An invoice or a credit note. Only inserted: what is paid of it is the order's. */
@Entity('invoices')
export class InvoiceRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: 'INVOICE' | 'CREDIT_NOTE';

  @Column('text')
  series!: string;

  /** Its number is its series and this: 1, 2, 3, without gaps. */
  @Column('integer')
  place!: number;

  @Column('uuid')
  orderId!: string;

  /** The invoice that a credit note takes back from. */
  @Column('uuid', { nullable: true })
  correctsId!: string | null;

  @Column('uuid')
  walletId!: string;

  /** The entry that recorded it. */
  @Column('integer')
  sequence!: number;

  @Column('date')
  issuedOn!: string;

  @Column('date', { nullable: true })
  dueOn!: string | null;

  /** The passes that were sold or taken back; 0 for a credit note over money alone. */
  @Column('integer')
  quantity!: number;

  @Column('bigint')
  netMinor!: number;

  @Column('bigint')
  taxMinor!: number;

  @Column('text')
  currency!: string;

  /** The canonical JSON of the document: exactly the text whose digest is in the journal. */
  @Column('text')
  document!: string;

  /** SHA-256 of the document, in hexadecimal. */
  @Column('text')
  digest!: string;

  @Column('timestamptz')
  issuedAt!: Date;
}
