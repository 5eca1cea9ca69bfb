import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The tax on a sale of day passes within a country. One applies at a time. */
@Entity('tax_rates')
export class TaxRateRow {
  /** ISO 3166-1, two letters. */
  @PrimaryColumn('text')
  country!: string;

  @PrimaryColumn('timestamptz')
  validFrom!: Date;

  /** The first instant at which it no longer applies. */
  @Column('timestamptz', { nullable: true })
  validTo!: Date | null;

  @Column('text')
  category!: 'S' | 'Z' | 'E';

  /** Hundredths of a percent. */
  @Column('integer')
  basisPoints!: number;

  @Column('timestamptz')
  changedAt!: Date;

  /** The program and login name that wrote it last: these rows are in no account's audit trail. */
  @Column('text')
  changedBy!: string;
}
