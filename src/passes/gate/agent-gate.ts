import { accountsById } from '../../accounts/account.queries';
import type { AgentType } from '../../agents/agent.type';
import type { RequestContext } from '../../api/context';
import type { AccountScope } from '../../db/account-scope';
import { ticketsByExternalId, ticketsById } from '../../tickets/ticket.queries';
import { noClient, walletsServing } from '../../wallets/wallet.queries';
import { answerGate, type GateRequest, type PortalAccessAnswer } from './ask-gate';
import { runningPassesByAgent } from '../consumptions/consumption.queries';
import type { GateFacts } from './gate.queries';

/**
 * The gate of an agent as others ask about it: the same decision as the agent's own, without a
 * confirmation. Its facts come through loaders, so that a list of agents costs the same as one
 * agent.
 */
export async function askGateOf(
  context: RequestContext,
  agent: AgentType,
  question: Pick<GateRequest, 'ticketId' | 'ticketExternalId' | 'section'>,
): Promise<PortalAccessAnswer> {
  const facts = await readFacts(context, agent, question);
  return answerGate(context.account.scope.accountId, facts, {
    ...question,
    agentId: agent.rowId,
    locale: 'en',
    sessionKeyId: null,
    confirmationKey: null,
  });
}

async function readFacts(
  context: RequestContext,
  agent: AgentType,
  { ticketId, ticketExternalId }: Pick<GateRequest, 'ticketId' | 'ticketExternalId'>,
): Promise<GateFacts> {
  const [nowMs, account, running, ticket] = await Promise.all([
    context.reads.accountNowMs(),
    context.reads.load(accountsById, context.account.id),
    context.reads.load(runningPassesByAgent, agent.rowId),
    ticketId !== null
      ? context.reads.load(ticketsById, ticketId)
      : ticketExternalId !== null
        ? context.reads.load(ticketsByExternalId, ticketExternalId)
        : null,
  ]);
  const wallet = await context.reads.load(walletsServing, ticket?.clientId ?? noClient);
  const due = wallet && (await context.reads.load(dueInLots, `${wallet.id} ${nowMs}`));
  return {
    now_ms: nowMs,
    gate_shuts_ms: account?.gateShutsAt?.getTime() ?? null,
    agent: { ...agent, id: agent.rowId },
    pass: running && { consumptionId: running.id, expiresAtMs: running.expiresAtMs },
    ticket: ticket && { id: ticket.id, number: ticket.number },
    wallet: wallet && {
      id: wallet.id,
      balance: wallet.balance,
      emergencyAllowance: wallet.emergencyAllowance,
      frozenAtMs: wallet.frozenAtMs,
      dueButNotEnded: due ?? 0,
    },
    prices: [],
    // Others ask about the agent, not about one of its sessions.
    sessions_consume: true,
  };
}

/** Loads how many passes are in lots past their end, by wallet and instant: `<id> <milliseconds>`. */
async function dueInLots(scope: AccountScope, keys: readonly string[]): Promise<(number | null)[]> {
  const asked = keys.map((key) => key.split(' '));
  const rows = await scope.query<{ key: string; due: number }>(
    `select asked.key, sum(lots.remaining)::integer as due
     from unnest($2::text[], $3::uuid[], $4::bigint[]) as asked (key, wallet_id, now_ms)
     join lots on lots.account_id = $1 and lots.wallet_id = asked.wallet_id and lots.remaining > 0
       and lots.expires_at <= to_timestamp(asked.now_ms::float8 / 1000)
     group by asked.key`,
    [keys, asked.map(([id]) => id), asked.map(([, nowMs]) => nowMs)],
  );
  const found = new Map(rows.map((row) => [row.key, row.due]));
  return keys.map((key) => found.get(key) ?? null);
}
