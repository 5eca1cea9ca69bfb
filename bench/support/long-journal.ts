import type { Pool } from 'pg';
import type { BenchAccount } from './people';

/** As many consumptions as one statement adds; each is two entries, the entry and its end. */
const partSize = 50_000;

/**
 * A past with so many entries: passes that were used and ended, spread over the account's agents,
 * one after the other. The ledger writes a few thousand entries per second, so this is done by SQL,
 * with the rights of the service's own role. The rows are those that the ledger writes, except for
 * their hashes, which `daypass verify` would not accept.
 */
export async function writePast(pool: Pool, account: BenchAccount, entries: number): Promise<void> {
  const { accountId } = account;
  const agentIds = account.agents.map(({ id }) => id);
  const { rows } = await pool.query(
    `select j.sequence, w.id as wallet_id, w.balance, l.id as lot_id
     from journals j join wallets w on w.account_id = j.account_id and w.client_id is null
       join lots l on l.account_id = w.account_id and l.wallet_id = w.id
     where j.account_id = $1`,
    [accountId],
  );
  const { sequence, wallet_id: walletId, lot_id: lotId } = rows[0];
  const passes = Math.floor((entries - sequence) / 2);
  // Passes of the past were paid by a lot that is used up by now; the present lot stays as it is.
  for (let from = 0; from < passes; from += partSize) {
    const until = Math.min(from + partSize, passes) - 1;
    const values = [accountId, walletId, lotId, agentIds, sequence, from, until, passes];
    await pool.query(addPart, values);
  }
  await pool.query(
    `update wallets set last_sequence = $2, last_wallet_sequence = $2
     where account_id = $1 and id = $3`,
    [accountId, sequence + 2 * passes, walletId],
  );
  await pool.query(
    `update journals set sequence = $2, last_instant = now() where account_id = $1`,
    [accountId, sequence + 2 * passes],
  );
}

/** Pass n is used by the next agent in turn, and ends before the next pass is used. */
const addPart = `
  with pass as (
    select n, $5::int + 2 * n + 1 as sequence, ($4::uuid[])[1 + n % cardinality($4::uuid[])] as agent_id,
      gen_random_uuid() as id, gen_random_uuid() as confirmation_id,
      now() - interval '400 days' + n * (interval '399 days' / $8::int) as starts_at,
      interval '399 days' / $8::int / 2 as length
    from generate_series($6::int, $7::int) as n
  ), consumed as (
    insert into consumptions (account_id, id, agent_id, wallet_id, lot_id, source, confirmation_id,
      sequence, time_zone, utc_offset_minutes, tzdata_version, local_date, starts_at, expires_at,
      emergency, consent_notice, consent_locale, consent_at)
    select $1, id, agent_id, $2, $3, 'PORTAL', confirmation_id, sequence, 'America/Santiago', -180,
      '2026a', starts_at::date, starts_at, starts_at + length, false,
      'Entering the agent portal uses one day pass. You will have access until 00:00.', 'en', starts_at
    from pass
  )
  insert into journal_entries (account_id, sequence, id, kind, wallet_id, wallet_sequence, delta,
    balance, actor_kind, actor_id, agent_id, consumption_id, payload, occurred_at, key, command_id, hash)
  select $1, sequence + step, gen_random_uuid(),
    case step when 0 then 'DayPassConsumed' else 'DayPassExpired' end, $2, sequence + step,
    case step when 0 then -1 else 0 end, $8::int - n,
    case step when 0 then 'AGENT' end, case step when 0 then agent_id end, agent_id, id,
    case step when 0 then json_build_object('lotId', $3::uuid, 'emergency', false)::text else '{}' end,
    starts_at + step * length, case step when 0 then confirmation_id::text end, gen_random_uuid(),
    sha256((sequence + step)::text::bytea)
  from pass cross join generate_series(0, 1) as step
  order by sequence, step`;
