import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `create table invitations (
    account_id uuid not null,
    id uuid not null,
    agent_id uuid not null,
    token_hash bytea not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint invitations_pkey primary key (account_id, id),
    constraint invitations_agent_key unique (account_id, agent_id),
    constraint invitations_token_hash_check check (length(token_hash) = 32)
  )`,
  `create table audit_events (
    account_id uuid not null,
    id uuid not null,
    occurred_at timestamptz not null,
    actor_kind text,
    actor_id uuid,
    action text not null,
    subject_type text not null,
    subject_id uuid not null,
    before jsonb,
    after jsonb,
    door text not null,
    ip text,
    user_agent text,
    request_id text not null,
    constraint audit_events_pkey primary key (account_id, id),
    constraint audit_events_actor_check check (
      (actor_kind is null) = (actor_id is null) and actor_kind in ('AGENT', 'API_KEY')),
    constraint audit_events_action_check check (action ~ '^[a-z_]+\\.[a-z_]+$'),
    constraint audit_events_door_check check (door in ('http', 'websocket', 'sse')),
    constraint audit_events_user_agent_check check (length(user_agent) <= 500),
    constraint audit_events_request_id_check check (length(request_id) between 1 and 100)
  )`,
  `create table dev_mails (
    account_id uuid not null,
    id uuid not null,
    recipient text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    sent_at timestamptz not null,
    constraint dev_mails_pkey primary key (account_id, id)
  )`,
];

const references = [
  `alter table invitations add constraint invitations_agent_fkey
    foreign key (account_id, agent_id) references agents (account_id, id) on delete restrict`,
  `alter table audit_events add constraint audit_events_account_fkey
    foreign key (account_id) references accounts (id) on delete restrict`,
  `alter table dev_mails add constraint dev_mails_account_fkey
    foreign key (account_id) references accounts (id) on delete restrict`,
];

/** Invited agents, the trail of acts of admins, and the mails of a development. */
export class People1763900500000 implements MigrationInterface {
  name = 'People1763900500000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table agents add column activated_at timestamptz`);
    // Before this release agents were invited by hand only: an agent who is not INVITED was active
    // once.
    await db.query(`update agents set activated_at = created_at where status <> 'INVITED'`);
    await db.query(`
      alter table agents add constraint agents_activated_check
        check (status <> 'ACTIVE' or activated_at is not null)`);
    for (const statement of [...tables, ...references]) await db.query(statement);
    await db.query(`
      create index audit_events_order_idx on audit_events (account_id, occurred_at, id)`);
    await db.query(`
      create index audit_events_subject_idx on audit_events
        (account_id, subject_id, occurred_at, id)`);
    await db.query(`revoke update, delete, truncate on audit_events from current_user`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table dev_mails`);
    await db.query(`drop table audit_events`);
    await db.query(`drop table invitations`);
    await db.query(`alter table agents drop constraint agents_activated_check`);
    await db.query(`alter table agents drop column activated_at`);
  }
}
