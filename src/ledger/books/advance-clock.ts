import type { PoolClient } from 'pg';
import type { AuditEvent } from '../../db/audit-trail';
import { noChanges } from '../model/changes';
import { dueKinds } from '../model/ledger';
import { instantText } from '../writer/act';
import type { AnyCommand } from '../writer/command-module';
import { instantOf } from '../writer/instant-sql';
import type { Step, SteppedModule, SteppedOn } from '../writer/stepped-module';
import { endDue } from './end-due';
import { judgeAdvance } from './judge-advance';

/**
 * A sandbox's clock moves to the next instant at which something falls due, or to its target if
 * nothing does before. Exactly one of `byMs` and `toMs` is given; `byMs` becomes an absolute `toMs`
 * in the first run that holds the lock.
 */
export interface AdvanceClock extends AnyCommand {
  kind: 'advance-clock';
  byMs: number | null;
  toMs: number | null;
  /** Whether an earlier step or run of the same move was permitted. */
  isUnderWay: boolean;
}

/** The act in the audit trail. */
const moved = 'test_clock.advanced';

interface Advanced {
  toMs: number;
  /** Whether the clock has reached `toMs`, and everything that was due by then is done. */
  isThere: boolean;
}

export const advanceClock: SteppedModule<AdvanceClock, Advanced> = {
  kind: 'advance-clock',
  isAlone: true,
  needs: () => ({ due: true }),
  step,
};

/**
 * One step of a sandbox's clock: to the next instant at which something falls due, which is
 * recorded with that instant; or to the target, if nothing falls due before. The caller repeats
 * steps until the clock has reached its target.
 */
async function step(on: SteppedOn, command: AdvanceClock): Promise<Step<Advanced>> {
  const { client, accountId, load, newId } = on;
  const clock = await readClock(client, accountId);
  // Absolute and judged in the first run alone, so that running it again does not move the clock
  // again, and a clock that has ticked past a near target meanwhile is not a refusal.
  command.toMs ??= clock.now_ms + (command.byMs ?? 0);
  const { toMs } = command;
  const isRepeated =
    clock.sandbox && (await repeatsLastMove(on, command, { toMs, nowMs: clock.now_ms }));
  const refusal =
    command.isUnderWay || isRepeated
      ? null
      : judgeAdvance({ sandbox: clock.sandbox, nowMs: clock.now_ms }, { byMs: command.byMs, toMs });
  if (refusal) {
    return { ledger: await load(null), outcome: refusal, changes: noChanges(), states: [] };
  }
  command.isUnderWay = true;

  // What is due is recorded with its own instant, although the clock continues between the steps.
  const isThere = clock.next_due_ms === null || clock.next_due_ms > toMs;
  const instantMs = isThere ? toMs : clock.next_due_ms!;
  const ledger = await load(instantMs);
  // Before the account's row, as every other writer of it takes the two in this order.
  await client.query('select from state_revisions where account_id = $1 for update', [accountId]);
  await client.query(
    `update accounts set test_clock_offset_ms = greatest(test_clock_offset_ms, $2) where id = $1`,
    [accountId, instantMs - clock.database_ms],
  );
  const changes = isThere ? noChanges() : endDue(ledger, command, newId);
  const event = isRepeated ? null : auditOf(accountId, command, { fromMs: clock.now_ms, toMs });
  if (event) changes.audits.push(event);
  return {
    ledger,
    outcome: { status: 'accepted', result: { toMs, isThere } },
    changes,
    states: [{ kind: 'account', id: accountId }],
  };
}

/**
 * Whether the last move had the same target and the clock has arrived there. The clock has ticked on
 * since, so a retry after a lost answer would otherwise be a move back.
 */
async function repeatsLastMove(
  { client, accountId }: SteppedOn,
  { byMs }: AdvanceClock,
  { toMs, nowMs }: { toMs: number; nowMs: number },
): Promise<boolean> {
  if (byMs !== null || toMs >= nowMs) return false;
  const { rows } = await client.query<{ target: string }>({
    name: 'read-last-target',
    text: `
      select after ->> 'now' as target from audit_events
      where account_id = $1 and subject_id = $1 and action = $2
      order by occurred_at desc, id desc limit 1`,
    values: [accountId, moved],
  });
  return rows[0]?.target === instantText(toMs);
}

/** The whole way, recorded by the first step. */
function auditOf(
  accountId: string,
  { id, audit }: AdvanceClock,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): AuditEvent | null {
  if (!audit) return null;
  return {
    id,
    ...audit,
    accountId,
    action: moved,
    subject: { type: 'Account', id: accountId },
    before: { now: instantText(fromMs) },
    after: { now: instantText(toMs) },
    occurredAt: new Date(fromMs),
  };
}

interface Clock {
  sandbox: boolean;
  now_ms: number;
  database_ms: number;
  /** When the account's next pass, lot or item is due; may be past. */
  next_due_ms: number | null;
}

async function readClock(client: PoolClient, accountId: string): Promise<Clock> {
  const { rows } = await client.query<Clock>({
    name: 'read-clock',
    text: `
      select a.sandbox,
        (extract(epoch from ${instantOf('null')}) * 1000)::bigint as now_ms,
        floor(extract(epoch from clock_timestamp()) * 1000)::bigint as database_ms,
        (extract(epoch from least(
          (select min(expires_at) from running_passes where account_id = $1),
          (select min(expires_at) from lots where account_id = $1 and remaining > 0),
          (select min(at) from due_items where account_id = $1 and kind = any($2))
        )) * 1000)::bigint as next_due_ms
      from accounts a join journals j on j.account_id = a.id where a.id = $1`,
    values: [accountId, dueKinds],
  });
  return rows[0]!;
}
