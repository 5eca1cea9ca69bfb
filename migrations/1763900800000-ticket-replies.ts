import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What agents write on tickets. */
export class TicketReplies1763900800000 implements MigrationInterface {
  name = 'TicketReplies1763900800000';

  async up(db: QueryRunner): Promise<void> {
    // Ordered by the ticket's revision that each made: neither ids nor instants are in order.
    await db.query(`
      create table ticket_replies (
        account_id uuid not null,
        id uuid not null,
        ticket_id uuid not null,
        ticket_revision integer not null,
        agent_id uuid,
        author_name text not null,
        body text not null,
        key text not null,
        key_digest text not null,
        created_at timestamptz not null,
        constraint ticket_replies_pkey primary key (account_id, id),
        constraint ticket_replies_order_key unique (account_id, ticket_id, ticket_revision),
        constraint ticket_replies_key_key unique (account_id, key),
        constraint ticket_replies_author_name_check check (length(author_name) between 1 and 200),
        constraint ticket_replies_body_check check (length(body) between 1 and 20000),
        constraint ticket_replies_key_check check (length(key) between 1 and 200)
      )`);
    await db.query(`
      alter table ticket_replies add constraint ticket_replies_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
    await db.query(`
      alter table ticket_replies add constraint ticket_replies_ticket_fkey
        foreign key (account_id, ticket_id) references tickets (account_id, id)
        on delete restrict`);
    await db.query(`
      alter table ticket_replies add constraint ticket_replies_agent_fkey
        foreign key (account_id, agent_id) references agents (account_id, id) on delete restrict`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table ticket_replies`);
  }
}
