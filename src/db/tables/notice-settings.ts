import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an agent has read of the notices, and which it does not get by mail. */
@Entity('notice_settings')
export class NoticeSettingsRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  agentId!: string;

  /** The number of the last notice that was marked as read. */
  @Column('integer')
  readThrough!: number;

  /** Kinds of notices; a kind of a later release is sent until it is switched off. */
  @Column('text', { array: true })
  mailsOff!: string[];

  /** Of the mails, a BCP 47 tag; null: that of the last consent, else of the account. */
  @Column('text', { nullable: true })
  language!: string | null;
}
