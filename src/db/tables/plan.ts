import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A subscription plan: accounts have one, and prices are for one. */
@Entity('plans')
export class PlanRow {
  @PrimaryColumn('text')
  name!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
