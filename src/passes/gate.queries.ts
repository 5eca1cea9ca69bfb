import type { AccountScope } from '../db/account-scope';
import type { Agent, Price } from '../ledger/ledger';

/** What the gate is decided by, read in one statement. */
export interface GateFacts {
  /** The account's instant. */
  now_ms: number;
  agent: Agent | null;
  pass: { consumptionId: string; expiresAtMs: number } | null;
  ticket: { id: string; number: number } | null;
  wallet: {
    id: string;
    balance: number;
    emergencyAllowance: number;
    frozenAtMs: number | null;
    dueButNotEnded: number;
  } | null;
  prices: Price[];
}

/**
 * Reads the gate's facts for one agent (null: a contact) at the given estimate of the database's
 * clock. The wallet is the one that serves the ticket's client, else the account's own.
 */
export async function readGateFacts(
  scope: AccountScope,
  question: {
    databaseNowMs: number;
    agentId: string | null;
    ticketId: string | null;
    ticketExternalId: string | null;
  },
): Promise<GateFacts> {
  const { databaseNowMs, agentId, ticketId, ticketExternalId } = question;
  const [facts] = await scope.queryPrepared<GateFacts>(statement, [
    databaseNowMs,
    agentId,
    ticketId,
    ticketExternalId,
  ]);
  if (!facts) throw new Error(`Account ${scope.accountId} is gone.`);
  return facts;
}

const statement = {
  name: 'read-gate-facts',
  text: `
  with instant as materialized (
    select to_timestamp($2::float8 / 1000) + test_clock_offset_ms * interval '1 millisecond' as now
    from accounts where id = $1
  ), ticket as materialized (
    select id, number, client_id from tickets
    where account_id = $1 and (id = $4::uuid or external_id = $5::text)
  ), wallet as materialized (
    select * from wallets
    where account_id = $1
      and (client_id is null or client_id = (select client_id from ticket))
    order by client_id nulls last limit 1
  )
  select
    (extract(epoch from instant.now) * 1000)::bigint as now_ms,
    (select json_build_object('id', id, 'type', type, 'status', status, 'role', role,
        'timeZone', time_zone, 'sections', sections)
      from agents where account_id = $1 and id = $3::uuid) as agent,
    (select json_build_object('consumptionId', consumption_id,
        'expiresAtMs', (extract(epoch from expires_at) * 1000)::bigint)
      from running_passes where account_id = $1 and agent_id = $3::uuid) as pass,
    (select json_build_object('id', id, 'number', number) from ticket) as ticket,
    (select json_build_object('id', id, 'balance', balance,
        'emergencyAllowance', emergency_allowance,
        'frozenAtMs', (extract(epoch from frozen_at) * 1000)::bigint,
        'dueButNotEnded', (
          select coalesce(sum(remaining), 0) from lots
          where lots.account_id = $1 and lots.wallet_id = wallet.id
            and remaining > 0 and expires_at <= instant.now))
      from wallet) as wallet,
    (select coalesce(json_agg(json_build_object('minimumQuantity', minimum_quantity,
        'unitPriceMinor', unit_price_minor, 'currency', p.currency,
        'validFromMs', (extract(epoch from valid_from) * 1000)::bigint,
        'validToMs', (extract(epoch from valid_to) * 1000)::bigint)), '[]')
      from day_pass_prices p
      where p.plan = account.plan and p.currency = account.currency) as prices
  from instant, accounts account where account.id = $1`,
};
