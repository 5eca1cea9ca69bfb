import { tidyId } from '../../core/texts';
import type { AccountScope } from '../../db/account-scope';
import type { Agent, Price } from '../../ledger/model/ledger';

/** The facts for a decision of the gate, read in one statement. */
export interface GateFacts {
  /** The account's instant. For the agent's own gate: never before the last entry of the journal. */
  now_ms: number;
  /** When the gate closes for everybody; null: the account is open. */
  gate_shuts_ms: number | null;
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
  /** Whether the account lets portal sessions use passes. */
  sessions_consume: boolean;
}

/** The question for the gate. */
export interface GateQuestion {
  /** The estimate of the database's clock. */
  databaseNowMs: number;
  /** Null: a contact. */
  agentId: string | null;
  ticketId: string | null;
  ticketExternalId: string | null;
}

/**
 * Reads the facts of many gates of one account, in the questions' order: all questions of one
 * moment, such as midnight, cost one statement. The wallet is the one that serves the ticket's
 * client, or the account's own.
 */
export async function readGateFacts(
  scope: AccountScope,
  questions: readonly GateQuestion[],
): Promise<GateFacts[]> {
  const facts = await readFacts(scope, questions);
  // An id with blanks around it, or not composed: the exact spelling was tried first.
  const again = questions.flatMap((question, at) => {
    const { ticketExternalId: id } = question;
    if (id === null || facts[at]?.ticket || tidyId(id) === id) return [];
    return [{ at, question: { ...question, ticketExternalId: tidyId(id) } }];
  });
  if (again.length > 0) {
    const found = await readFacts(
      scope,
      again.map(({ question }) => question),
    );
    again.forEach(({ at }, index) => (facts[at] = found[index]!));
  }
  return facts;
}

function readFacts(scope: AccountScope, questions: readonly GateQuestion[]): Promise<GateFacts[]> {
  // Named one by one, because the caller's object contains more than the question, e.g. the key
  // that signs confirmations.
  const asked = questions.map(({ databaseNowMs, agentId, ticketId, ticketExternalId }) => {
    return { databaseNowMs, agentId, ticketId, ticketExternalId };
  });
  return scope.queryPrepared<GateFacts>(statement, [JSON.stringify(asked)]);
}

const statement = {
  name: 'read-gate-facts',
  text: `
  with prices as materialized (
    select coalesce(json_agg(json_build_object('minimumQuantity', minimum_quantity,
        'unitPriceMinor', unit_price_minor, 'currency', p.currency,
        'validFromMs', (extract(epoch from valid_from) * 1000)::bigint,
        'validToMs', (extract(epoch from valid_to) * 1000)::bigint)), '[]') as list
    from accounts a join day_pass_prices p on p.plan = a.plan and p.currency = a.currency
    where a.id = $1
  )
  select
    (extract(epoch from instant.now) * 1000)::bigint as now_ms,
    (extract(epoch from account.gate_shuts_at) * 1000)::bigint as gate_shuts_ms,
    (select json_build_object('id', id, 'type', type, 'status', status, 'role', role,
        'timeZone', time_zone, 'sections', sections)
      from agents where account_id = $1 and id = asked.agent_id) as agent,
    (select json_build_object('consumptionId', consumption_id,
        'expiresAtMs', (extract(epoch from expires_at) * 1000)::bigint)
      from running_passes where account_id = $1 and agent_id = asked.agent_id) as pass,
    case when ticket.id is not null
      then json_build_object('id', ticket.id, 'number', ticket.number) end as ticket,
    (select json_build_object('id', id, 'balance', balance,
        'emergencyAllowance', emergency_allowance,
        'frozenAtMs', (extract(epoch from frozen_at) * 1000)::bigint,
        'dueButNotEnded', (
          select coalesce(sum(remaining), 0) from lots
          where lots.account_id = $1 and lots.wallet_id = wallet.id
            and remaining > 0 and expires_at <= instant.now))
      from wallets wallet
      where account_id = $1 and (client_id is null or client_id = ticket.client_id)
      order by client_id nulls last limit 1) as wallet,
    (select list from prices) as prices,
    account.allow_session_consume as sessions_consume
  from accounts account
  join journals journal on journal.account_id = account.id
  -- Not unnest(): its rows are counted for each plan, so that none would ever be kept.
  cross join rows from (
    json_to_recordset($2::json) as (
      "databaseNowMs" float8, "agentId" uuid, "ticketId" uuid, "ticketExternalId" text)
  ) with ordinality as asked (database_now_ms, agent_id, ticket_id, ticket_external_id, place)
  -- The estimate may be a little behind, but what the journal has written has happened: a pass that has
  -- reached its end is not one that was taken away early.
  cross join lateral (
    select greatest(
      to_timestamp(database_now_ms / 1000) + test_clock_offset_ms * interval '1 millisecond',
      journal.last_instant) as now
  ) instant
  -- Limited, so that it is looked up by key for each question, whatever the planner thinks of tickets.
  left join lateral (
    select id, number, client_id from tickets
    where account_id = $1 and (id = asked.ticket_id or external_id = asked.ticket_external_id)
    limit 1
  ) ticket on true
  where account.id = $1
  order by place`,
};
