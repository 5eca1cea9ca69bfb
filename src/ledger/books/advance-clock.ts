import type { PoolClient } from 'pg';
import { newId } from '../../core/ids';
import type { StateRef } from '../../db/hints';
import type { AdvanceClock, Outcome } from '../commands';
import { auditOfAdvance } from '../audit-of';
import { endDue } from './end-due';
import type { Ledger } from '../model/ledger';
import { instantOf, loadLedger } from '../writer/load-ledger';
import { judgeAdvance } from './judge-advance';
import { noChanges, type Changes } from '../writer/posting';

/** What one step of a test clock came to. */
export interface ClockStep {
  ledger: Ledger;
  settled: PromiseSettledResult<Outcome>[];
  changes: Changes;
  states: readonly StateRef[];
}

/**
 * One step of a sandbox's clock, under the account's lock: to the next instant at which something
 * falls due, which happens with that instant as its own; or to the target, if nothing does before.
 * Whoever moves the clock asks for steps until it is there.
 */
export async function advanceClock(
  client: PoolClient,
  journal: { accountId: string; sequence: number },
  command: AdvanceClock,
): Promise<ClockStep> {
  const clock = await readClock(client, journal.accountId);
  // Absolute and judged in the first run alone, so that running it again does not move the clock
  // again, and a clock that has ticked past a near target meanwhile is no refusal.
  command.toMs ??= clock.now_ms + (command.byMs ?? 0);
  const { toMs } = command;
  const refusal = command.isUnderWay
    ? null
    : judgeAdvance({ sandbox: clock.sandbox, nowMs: clock.now_ms }, { byMs: command.byMs, toMs });
  if (refusal) {
    return step(await loadLedger(client, journal, [command], null), refusal, noChanges(), []);
  }
  command.isUnderWay = true;

  // What is due happens with its own instant, though the clock ticks on between the steps.
  const isThere = clock.next_due_ms === null || clock.next_due_ms > toMs;
  const instantMs = isThere ? toMs : clock.next_due_ms!;
  const ledger = await loadLedger(client, journal, [command], instantMs);
  // Before the account's row, as whoever else writes it takes the two in this order.
  await client.query('select from state_revisions where account_id = $1 for update', [
    journal.accountId,
  ]);
  await client.query(
    `update accounts set test_clock_offset_ms = greatest(test_clock_offset_ms, $2) where id = $1`,
    [journal.accountId, instantMs - clock.database_ms],
  );
  const changes = isThere ? noChanges() : endDue(ledger, command, newId);
  const audit = auditOfAdvance(journal.accountId, command, { fromMs: clock.now_ms, toMs });
  if (audit) changes.audits.push(audit);
  const states: StateRef[] = [{ kind: 'account', id: journal.accountId }];
  return step(ledger, { status: 'accepted', result: { toMs, isThere } }, changes, states);
}

function step(
  ledger: Ledger,
  outcome: Outcome,
  changes: Changes,
  states: readonly StateRef[],
): ClockStep {
  return { ledger, settled: [{ status: 'fulfilled', value: outcome }], changes, states };
}

interface Clock {
  sandbox: boolean;
  now_ms: number;
  database_ms: number;
  /** When the account's next pass or lot is due; may be past. */
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
          (select min(expires_at) from lots where account_id = $1 and remaining > 0)
        )) * 1000)::bigint as next_due_ms
      from accounts a join journals j on j.account_id = a.id where a.id = $1`,
    values: [accountId],
  });
  return rows[0]!;
}
