import { type Pool, type PoolClient } from 'pg';
import { newId } from '../../src/core/ids';
import type { Consumption, Entry } from '../../src/ledger/model/ledger';
import { sealEntry } from '../../src/ledger/writer/seal-entries';
import { localDayOf } from '../../src/time/local-day';
import { tzdataVersion } from '../../src/time/zone-database';

const consent = {
  notice:
    'Entering the agent portal uses one day pass for 24 November 2026. You will have access until 00:00 on 25 November 2026 (America/Santiago).',
  locale: 'en',
};

/**
 * What group commit is measured against: one consumption by one interactive transaction, as one
 * would write it without a queue. Lock the journal, read, write the same rows, commit; every
 * statement prepared, every one by a key.
 */
export async function consumeAlone(
  pool: Pool,
  { accountId, agentId }: { accountId: string; agentId: string },
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const journal = await lockJournal(client, accountId);
    const state = await readState(client, accountId, agentId);
    if (!state || state.running || state.remaining < 1) throw new Error('This pass is refused.');
    await write(client, { accountId, agentId, journal, state });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

interface Journal {
  sequence: number;
  last_hash: Buffer;
}

interface State {
  now_ms: number;
  time_zone: string;
  running: string | null;
  wallet_id: string;
  balance: number;
  last_wallet_sequence: number;
  lot_id: string;
  remaining: number;
}

async function lockJournal(client: PoolClient, accountId: string): Promise<Journal> {
  const { rows } = await client.query<Journal>({
    name: 'lock',
    text: 'select sequence, last_hash from journals where account_id = $1 for update',
    values: [accountId],
  });
  return rows[0]!;
}

async function readState(
  client: PoolClient,
  accountId: string,
  agentId: string,
): Promise<State | undefined> {
  const { rows } = await client.query<State>({
    name: 'read',
    text: `
      select (extract(epoch from clock_timestamp()) * 1000)::bigint as now_ms, a.time_zone,
        r.consumption_id as running, w.id as wallet_id, w.balance, w.last_wallet_sequence,
        l.id as lot_id, l.remaining
      from agents a
      join wallets w on w.account_id = a.account_id and w.client_id is null
      cross join lateral (
        select id, remaining from lots
        where account_id = w.account_id and wallet_id = w.id and remaining > 0
        order by priority, expires_at, sequence limit 1) l
      left join running_passes r on r.account_id = a.account_id and r.agent_id = a.id
      where a.account_id = $1 and a.id = $2 and a.status = 'ACTIVE' and a.type = 'OCCASIONAL'`,
    values: [accountId, agentId],
  });
  return rows[0];
}

async function write(
  client: PoolClient,
  of: { accountId: string; agentId: string; journal: Journal; state: State },
): Promise<void> {
  const { accountId, journal, state } = of;
  const consumption = consumptionOf(of);
  const entry = entryOf(consumption, state);
  const sealed = sealEntry(accountId, journal.last_hash.toString('hex'), entry, consumption);
  const hash = Buffer.from(sealed.hash, 'hex');
  const run = (name: string, text: string, values: unknown[]) =>
    client.query({ name, text, values: [accountId, ...values] });
  const startsAt = new Date(consumption.startsAtMs);
  const expiresAt = new Date(consumption.expiresAtMs);

  await run('lot', 'update lots set remaining = remaining - 1 where account_id = $1 and id = $2', [
    state.lot_id,
  ]);
  await run(
    'consumption',
    `insert into consumptions (account_id, id, agent_id, wallet_id, lot_id, source,
       confirmation_id, sequence, time_zone, utc_offset_minutes, tzdata_version, local_date,
       starts_at, expires_at, emergency, consent_notice, consent_locale, consent_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, false, $15, $16, $13)`,
    [
      consumption.id,
      consumption.agentId,
      consumption.walletId,
      consumption.lotId,
      consumption.source,
      consumption.confirmationId,
      consumption.sequence,
      consumption.timeZone,
      consumption.utcOffsetMinutes,
      consumption.tzdataVersion,
      consumption.localDate,
      startsAt,
      expiresAt,
      consent.notice,
      consent.locale,
    ],
  );
  await run(
    'pass',
    `insert into running_passes (account_id, agent_id, consumption_id, wallet_id, expires_at)
     values ($1, $2, $3, $4, $5)`,
    [consumption.agentId, consumption.id, consumption.walletId, expiresAt],
  );
  await run(
    'entry',
    `insert into journal_entries (account_id, sequence, id, kind, wallet_id, wallet_sequence, delta,
       balance, actor_kind, actor_id, agent_id, consumption_id, payload, occurred_at, key,
       command_id, hash)
     values ($1, $2, $3, $4, $5, $6, -1, $7, 'AGENT', $8, $8, $9, $10, $11, $12, $13, $14)`,
    [
      entry.sequence,
      entry.id,
      entry.kind,
      entry.walletId,
      entry.walletSequence,
      entry.balance,
      entry.agentId,
      entry.consumptionId,
      sealed.payloadText,
      startsAt,
      entry.key,
      entry.commandId,
      hash,
    ],
  );
  await run(
    'wallet',
    `update wallets set balance = $3, last_sequence = $4, last_wallet_sequence = $5, last_hash = $6
     where account_id = $1 and id = $2`,
    [entry.walletId, entry.balance, entry.sequence, entry.walletSequence, hash],
  );
  await run(
    'journal',
    'update journals set sequence = $2, last_instant = $3, last_hash = $4 where account_id = $1',
    [entry.sequence, startsAt, hash],
  );
}

function consumptionOf(of: { agentId: string; journal: Journal; state: State }): Consumption {
  const { agentId, journal, state } = of;
  const day = localDayOf(state.now_ms, state.time_zone);
  return {
    id: newId(),
    agentId,
    walletId: state.wallet_id,
    lotId: state.lot_id,
    ticketId: null,
    clientId: null,
    source: 'PORTAL',
    confirmationId: newId(),
    sequence: journal.sequence + 1,
    timeZone: state.time_zone,
    utcOffsetMinutes: -180,
    tzdataVersion,
    localDate: day.localDate,
    startsAtMs: state.now_ms,
    expiresAtMs: day.endsAtMs,
    reversedAtMs: null,
    emergency: false,
    price: null,
    consent: { ...consent, atMs: state.now_ms, sessionKeyId: null },
  };
}

function entryOf(consumption: Consumption, state: State): Entry {
  return {
    sequence: consumption.sequence,
    id: newId(),
    kind: 'DayPassConsumed',
    walletId: state.wallet_id,
    walletSequence: state.last_wallet_sequence + 1,
    delta: -1,
    balance: state.balance - 1,
    actor: { kind: 'AGENT', id: consumption.agentId },
    agentId: consumption.agentId,
    consumptionId: consumption.id,
    payload: { lotId: consumption.lotId, emergency: false },
    occurredAtMs: consumption.startsAtMs,
    key: consumption.confirmationId,
    keyDigest: null,
    commandId: newId(),
  };
}
