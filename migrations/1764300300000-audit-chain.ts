import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit trail as a chain: a seal for each event, and the end of the trail. The seals are
 * separate rows, because events are only inserted and the previous release inserts them without a
 * seal.
 */
export class AuditChain1764300300000 implements MigrationInterface {
  name = 'AuditChain1764300300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table audit_trails (
        account_id uuid not null,
        sequence integer not null,
        last_hash bytea not null,
        adopts_until timestamptz,
        constraint audit_trails_pkey primary key (account_id),
        constraint audit_trails_sequence_check check (sequence >= 0),
        constraint audit_trails_last_hash_check check (length(last_hash) = 32)
      )`);
    await db.query(`
      create table audit_seals (
        account_id uuid not null,
        sequence integer not null,
        event_id uuid not null,
        hash bytea not null,
        constraint audit_seals_pkey primary key (account_id, sequence),
        constraint audit_seals_event_key unique (account_id, event_id),
        constraint audit_seals_hash_check check (length(hash) = 32)
      )`);
    await db.query(`
      alter table audit_trails add constraint audit_trails_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
    await db.query(`
      alter table audit_seals add constraint audit_seals_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
    await db.query(`revoke update, delete, truncate on audit_seals from current_user`);
    await db.query(`revoke update, delete, truncate on audit_trails from current_user`);
    await db.query(`grant update (sequence, last_hash) on audit_trails to current_user`);
    // Events from before the upgrade, and those that the previous release writes while it still runs.
    await db.query(`
      insert into audit_trails (account_id, sequence, last_hash, adopts_until)
      select id, 0, sha256(convert_to('daypass audit 1 of ' || id, 'UTF8')),
        clock_timestamp() + interval '1 day'
      from accounts`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table audit_seals`);
    await db.query(`drop table audit_trails`);
  }
}
