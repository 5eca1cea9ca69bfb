import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A channel of Slack or Teams that receives the account's notices. */
@Entity('notice_channels')
export class NoticeChannelRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: 'SLACK' | 'TEAMS';

  @Column('text')
  name!: string;

  /** The address, encrypted: anybody who has it can write to the channel. */
  @Column('bytea')
  sealedUrl!: Buffer;

  /** The kinds of notices that it receives. */
  @Column('text', { array: true })
  notices!: string[];

  /** Null if the last message arrived, or none was sent. */
  @Column('timestamptz', { nullable: true })
  failingSince!: Date | null;

  /** Until then nothing is sent: its `Retry-After`. */
  @Column('timestamptz', { nullable: true })
  retryAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;
}
