import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last number of a series. It changes with the document that has the number. */
@Entity('invoice_series')
export class InvoiceSeriesRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('text')
  series!: string;

  @Column('integer')
  lastNumber!: number;
}
