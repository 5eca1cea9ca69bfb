import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A mail with an activation link that was or will be sent. Kept for two days, to count by. */
@Entity('invitation_mails')
@Index('invitation_mails_send_at_idx', ['accountId', 'sendAt'])
@Index('invitation_mails_address_idx', ['accountId', 'address', 'sendAt'])
export class InvitationMailRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  /** The id of its invitation. */
  @PrimaryColumn('uuid')
  id!: string;

  /** In lower case. */
  @Column('text')
  address!: string;

  /** By the database's clock. */
  @Column('timestamptz')
  sendAt!: Date;
}
