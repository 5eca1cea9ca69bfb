import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A mail of a development without SMTP. Production writes none. */
@Entity('dev_mails')
export class DevMailRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  recipient!: string;

  @Column('text')
  subject!: string;

  @Column('text')
  bodyText!: string;

  @Column('text')
  bodyHtml!: string;

  @Column('timestamptz')
  sentAt!: Date;
}
