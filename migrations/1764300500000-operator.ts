import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = [
  `alter table accounts add column billing_mode text not null default 'UNBILLED'`,
  `alter table accounts add column emergency_ceiling integer not null default 5`,
  `alter table accounts add column closed_at timestamptz`,
  `alter table accounts add column gate_shuts_at timestamptz`,
  `alter table accounts add constraint accounts_billing_mode_check
    check (billing_mode in ('UNBILLED', 'BILLED'))`,
  `alter table accounts add constraint accounts_emergency_ceiling_check
    check (emergency_ceiling between 0 and 1000)`,
  `alter table accounts add constraint accounts_closed_check
    check ((closed_at is null) = (gate_shuts_at is null) and closed_at <= gate_shuts_at)`,
  `alter table day_pass_prices add column pack_size integer not null default 1`,
  `alter table day_pass_prices add constraint day_pass_prices_pack_size_check
    check (pack_size between 1 and 1000000)`,
];

/** The actors and doors that entries and acts may name. */
const actors = (kinds: string) =>
  `check ((actor_kind is null) = (actor_id is null) and actor_kind in (${kinds}))`;
const doors = (names: string) => `check (door in (${names}))`;

/**
 * The operator of the service: who may grant passes to an account, when an account was closed, and
 * the acts of the operator in the journal and in the audit trail. Plans become rows.
 */
export class Operator1764300500000 implements MigrationInterface {
  name = 'Operator1764300500000';

  async up(db: QueryRunner): Promise<void> {
    for (const statement of columns) await db.query(statement);
    await db.query(`
      create table plans (
        name text not null,
        created_at timestamptz not null default clock_timestamp(),
        constraint plans_pkey primary key (name),
        constraint plans_name_check check (length(name) between 1 and 50)
      )`);
    await db.query(`
      insert into plans (name)
      select plan from accounts union select plan from day_pass_prices`);
    await db.query(`
      create index purchases_order_idx on purchases (account_id, sequence, id)`);
    await recheck(db, {
      actor: actors(`'AGENT', 'API_KEY', 'OPERATOR'`),
      door: doors(`'http', 'websocket', 'sse', 'cli', 'operator'`),
    });
  }

  async down(db: QueryRunner): Promise<void> {
    await recheck(db, {
      actor: actors(`'AGENT', 'API_KEY'`),
      door: doors(`'http', 'websocket', 'sse'`),
    });
    await db.query(`drop index purchases_order_idx`);
    await db.query(`drop table plans`);
    await db.query(`alter table day_pass_prices drop column pack_size`);
    for (const name of ['gate_shuts_at', 'closed_at', 'emergency_ceiling', 'billing_mode']) {
      await db.query(`alter table accounts drop column ${name}`);
    }
  }
}

async function recheck(db: QueryRunner, checks: { actor: string; door: string }): Promise<void> {
  const replaced = [
    ['journal_entries', 'journal_entries_actor_check', checks.actor],
    ['audit_events', 'audit_events_actor_check', checks.actor],
    ['audit_events', 'audit_events_door_check', checks.door],
  ] as const;
  for (const [table, name, check] of replaced) {
    await db.query(`alter table ${table} drop constraint ${name}, add constraint ${name} ${check}`);
  }
}
