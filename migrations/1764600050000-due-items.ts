import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute } from './distribute';

/**
 * What happens to an account at an instant that is known before: each kind of it has a module. Lots that
 * are open now get the item that a new lot gets. The previous release makes none while it still runs.
 */
export class DueItems1764600050000 implements MigrationInterface {
  name = 'DueItems1764600050000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table due_items (
        account_id uuid not null,
        kind text not null,
        subject uuid not null,
        at timestamptz not null,
        constraint due_items_pkey primary key (account_id, kind, subject),
        constraint due_items_kind_check check (kind ~ '^[A-Z][A-Z_]{0,39}$')
      )`);
    await distribute(db, 'due_items');
    await db.query(`create index due_items_at_idx on due_items (at, account_id)`);
    await db.query(`
      alter table due_items add constraint due_items_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
    await db.query(`
      insert into due_items (account_id, kind, subject, at)
      select l.account_id, 'LOT_EXPIRING', l.id, l.expires_at - interval '7 days'
      from lots l join accounts a on a.id = l.account_id
      where l.remaining > 0 and l.expires_at - interval '7 days'
        > clock_timestamp() + a.test_clock_offset_ms * interval '1 millisecond'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table due_items`);
  }
}
