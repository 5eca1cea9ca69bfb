import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { agentsById } from '../../agents/agent.queries';
import { AgentType, toAgent } from '../../agents/agent.type';
import type { Connection } from '../../api/connection';
import type { NodeLoader, RequestContext } from '../../api/context';
import { MoneyType, toMoney } from '../../api/money.type';
import { readPage } from '../../api/read-page';
import { DateTimeScalar } from '../../api/scalars';
import { selectedFields } from '../../api/selected-fields';
import { clientsById } from '../../clients/client.queries';
import { ClientType, toClient } from '../../clients/client.type';
import { whenThere } from '../../core/when-there';
import { apiKeysById } from '../../keys/api-key.queries';
import { ApiKeyType, toApiKey } from '../../keys/api-key.type';
import { reversibleForMs } from '../../ledger/books/reverse';
import { mayReadPurchases } from '../../purchases/may-read-purchases';
import { ticketsById } from '../../tickets/ticket.queries';
import { TicketType, toTicket } from '../../tickets/ticket.type';
import { writeLocalText } from '../../time/local-text';
import { findWallet } from '../../wallets/find-wallet';
import { WalletType } from '../../wallets/wallet.type';
import { preloadNeighbours } from './consumption-neighbours';
import { consumptionList } from './consumption-list.queries';
import { ConsumptionsArgs } from './consumption.args';
import { consumptionsById, dayReversals } from './consumption.queries';
import { paidPassesById, paidSql } from './paid.queries';
import {
  ConsentType,
  ConsumptionConnection,
  ConsumptionType,
  DayPassStatus,
  statusOf,
  toConsumption,
} from './consumption.type';

@Resolver(() => ConsumptionType)
export class ConsumptionResolver {
  @Query(() => ConsumptionConnection, {
    nullable: true,
    description:
      'All consumptions of the account: newest first, unless orderBy is given. For account admins with access to the agent portal; an API key needs the scope journal:read.',
  })
  async dayPassConsumptions(
    @Args(() => ConsumptionsArgs) { filter, orderBy, ...page }: ConsumptionsArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ConsumptionType>> {
    await context.permissions.require('journal:read');
    const selected = selectedFields(info, ['edges', 'node']);
    const list = consumptionList(context.account.scope, {
      filter: filter ?? {},
      orderBy: orderBy ?? { field: 'STARTS_AT', direction: 'DESC' },
      nowMs: await context.reads.accountNowMs(),
      isShort: !['ticket', 'client', 'consent'].some((field) => selected.has(field)),
    });
    if (selected.has('paid')) list.rows.addSelect(paidSql, 'paid');
    return readPage(context.account.scope, list, page, toConsumption, (rows) =>
      preloadNeighbours(context, selected, rows),
    );
  }

  @FieldResolver(() => AgentType, {
    description: 'The agent who used the pass. Requires permission to read that agent.',
  })
  agent(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): AgentType | Promise<AgentType> {
    return whenThere(context.reads.loadExisting(agentsById, row.agentId), toAgent);
  }

  @FieldResolver(() => WalletType, { description: 'The wallet that the pass came from.' })
  wallet(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): WalletType | Promise<WalletType> {
    return findWallet(context, row.walletId);
  }

  @FieldResolver(() => TicketType, {
    nullable: true,
    description:
      'The ticket that the agent opened; null if the agent opened no ticket. Requires permission to read tickets.',
  })
  ticket(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): TicketType | null | Promise<TicketType> {
    const ticketId = wasRead(row.ticketId);
    return ticketId === null
      ? null
      : whenThere(context.reads.loadExisting(ticketsById, ticketId), toTicket);
  }

  @FieldResolver(() => ClientType, {
    nullable: true,
    description:
      'The client of that ticket at the time when the pass was consumed; null if there was none. Requires permission to read clients.',
  })
  client(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): ClientType | null | Promise<ClientType> {
    const clientId = wasRead(row.clientId);
    return clientId === null
      ? null
      : whenThere(context.reads.loadExisting(clientsById, clientId), toClient);
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description:
      'What was paid for the pass, without tax: the price at which its lot was bought. For an emergency pass, the price of the lot that settled it. Null if nothing was paid: the pass is from a granted lot, is an emergency pass that is still owed, or was reversed. Null too for callers who may not read purchases. Zero only if the price of the lot was zero. The list price at the time of use is in `consent.price`.',
  })
  paid(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): MoneyType | null | Promise<MoneyType | null> {
    if (row.reversedAtMs !== null) return null;
    return whenThere(mayReadPurchases(context), (mayRead) => {
      if (!mayRead) return null;
      if (row.paid !== undefined) return row.paid && toMoney(row.paid);
      return whenThere(
        context.reads.loadExisting(paidPassesById, row.id),
        ({ paid }) => paid && toMoney(paid),
      );
    });
  }

  @FieldResolver(() => DayPassStatus, {
    description: 'Whether the pass is active, expired or reversed.',
  })
  status(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): keyof typeof DayPassStatus | Promise<keyof typeof DayPassStatus> {
    return whenThere(context.reads.accountNowMs(), (nowMs) => statusOf(row, nowMs));
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      'An admin may reverse the consumption before this instant. Null if it can no longer be reversed (too late, or already reversed).',
  })
  async reversibleUntil(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): Promise<number | null> {
    const untilMs = row.startsAtMs + reversibleForMs;
    if (row.reversedAtMs !== null || (await context.reads.accountNowMs()) >= untilMs) return null;
    return (await context.reads.load(dayReversals, row.id)) ? null : untilMs;
  }
}

@Resolver(() => ConsumptionType)
export class ConsumptionLocalTimesResolver {
  @FieldResolver(() => String, {
    description:
      'startsAt as local time in timeZone, with the offset from UTC: 2026-02-28T09:12:07.480-08:00.',
  })
  startsAtLocal(@Root() { startsAt, timeZone }: ConsumptionType): string {
    return writeLocalText(startsAt, timeZone);
  }

  @FieldResolver(() => String, {
    description:
      'expiresAt as local time in timeZone, with the offset from UTC: 2026-03-01T00:00:00.000-07:00. Show this value to people: the time zone data of a browser may be older than that of the service.',
  })
  expiresAtLocal(@Root() { expiresAt, timeZone }: ConsumptionType): string {
    return writeLocalText(expiresAt, timeZone);
  }
}

@Resolver(() => ConsentType)
export class ConsentResolver {
  @FieldResolver(() => ApiKeyType, {
    nullable: true,
    description:
      'The service key that opened the portal session; null if the agent signed in. For callers who may read the journal; others can read sessionKeyId.',
  })
  async session(
    @Root() { sessionKeyRowId }: ConsentType,
    @Ctx() context: RequestContext,
  ): Promise<ApiKeyType | null> {
    if (sessionKeyRowId === null) return null;
    return toApiKey(await context.reads.loadExisting(apiKeysById, sessionKeyRowId));
  }
}

/** A value that a list reads only if its field is selected. */
function wasRead<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The list has not read this value.');
  return value;
}

/** The caller's own pass, or any pass if the caller may read others'. */
export const loadConsumptionNode: NodeLoader = async (context, rowId) => {
  const row = await context.reads.load(consumptionsById, rowId);
  const { agentId } = context.caller.viewer;
  const isOwn = row !== null && row.agentId === agentId;
  if (!isOwn && !(await context.permissions.has('journal:read')))
    await context.permissions.require('passes:read');
  return row && toConsumption(row);
};
