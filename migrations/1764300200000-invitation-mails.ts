import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The times of invitation mails, by which the mails of an account and to an address are limited. */
export class InvitationMails1764300200000 implements MigrationInterface {
  name = 'InvitationMails1764300200000';

  async up(db: QueryRunner): Promise<void> {
    // Of the invitation's id, but not its row's: a later invitation replaces that, and the mail counts on.
    await db.query(`
      create table invitation_mails (
        account_id uuid not null,
        id uuid not null,
        address text not null,
        send_at timestamptz not null,
        constraint invitation_mails_pkey primary key (account_id, id),
        constraint invitation_mails_address_check check (length(address) between 1 and 320)
      )`);
    await db.query(`
      alter table invitation_mails add constraint invitation_mails_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
    await db.query(`
      create index invitation_mails_send_at_idx on invitation_mails (account_id, send_at)`);
    await db.query(`
      create index invitation_mails_address_idx on invitation_mails (account_id, address, send_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table invitation_mails`);
  }
}
