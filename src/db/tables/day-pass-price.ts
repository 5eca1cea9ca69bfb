import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The price of one pass, by plan, currency and quantity. */
@Entity('day_pass_prices')
export class DayPassPriceRow {
  @PrimaryColumn('text')
  plan!: string;

  @PrimaryColumn('text')
  currency!: string;

  @PrimaryColumn('integer')
  minimumQuantity!: number;

  @PrimaryColumn('timestamptz')
  validFrom!: Date;

  @Column('timestamptz', { nullable: true })
  validTo!: Date | null;

  /** A purchase must be of a multiple of it. */
  @Column('integer')
  packSize!: number;

  @Column('bigint')
  unitPriceMinor!: number;

  /** Shipped as an example; an operator sets other prices. */
  @Column('boolean')
  example!: boolean;
}
