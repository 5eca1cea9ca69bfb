import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys of agents and service keys; and the key in whose portal session an agent consented. */
export class ApiKeys1763900600000 implements MigrationInterface {
  name = 'ApiKeys1763900600000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table api_keys (
        account_id uuid not null,
        id uuid not null,
        name text not null,
        agent_id uuid,
        scopes text[] not null,
        when_no_day_pass text,
        secret_hash bytea not null,
        created_at timestamptz not null,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        constraint api_keys_pkey primary key (account_id, id),
        constraint api_keys_name_check check (length(name) between 1 and 200),
        constraint api_keys_scopes_check check (cardinality(scopes) between 1 and 20),
        constraint api_keys_when_no_day_pass_check check (
          (agent_id is null) = (when_no_day_pass is null)
          and when_no_day_pass in ('CONSUME', 'REJECT')),
        constraint api_keys_secret_hash_check check (length(secret_hash) = 32),
        constraint api_keys_expires_at_check check (expires_at > created_at)
      )`);
    await db.query(`
      alter table api_keys add constraint api_keys_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
    await db.query(`
      alter table api_keys add constraint api_keys_agent_fkey
        foreign key (account_id, agent_id) references agents (account_id, id) on delete restrict`);
    await db.query(`create index api_keys_created_idx on api_keys (account_id, created_at, id)`);
    // A secret stays what it is, and so does what it allows; a key ends by being revoked.
    await db.query(`revoke update, delete, truncate on api_keys from current_user`);
    await db.query(`grant update (last_used_at, revoked_at) on api_keys to current_user`);

    await db.query(`alter table consumptions add column session_key_id uuid`);
    await db.query(`
      alter table consumptions add constraint consumptions_session_check
        check (session_key_id is null or consent_notice is not null)`);
    await db.query(`
      alter table consumptions add constraint consumptions_session_key_fkey
        foreign key (account_id, session_key_id) references api_keys (account_id, id)
        on delete restrict`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table consumptions drop column session_key_id`);
    await db.query(`drop table api_keys`);
  }
}
