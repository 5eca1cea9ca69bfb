import type { DataSource } from 'typeorm';
import { createAccount } from '../accounts/create-account';
import { findAccountBySlug } from '../accounts/account.queries';
import { listAgents } from '../agents/agent.queries';
import { createAgents, type NewAgent } from '../agents/create-agents';
import { AccountManager } from '../db/account-manager';
import { AccountScope } from '../db/account-scope';
import type { AccountRow } from '../db/tables/account';
import { placeFollowersAtTheEnd } from '../followers/place.queries';
import type { Price } from '../ledger/model/ledger';
import { pricesFrom } from '../purchases/price.queries';
import { spanDays, spanFrom, dayMs, type Span } from './span';

/** An account whose past is being written, and what the seed needs to know of it. */
export interface OpenAccount {
  accountId: string;
  walletId: string;
  adminId: string;
  /** By e-mail. */
  agents: ReadonlyMap<string, { id: string; timeZone: string }>;
  /** By external id. */
  ticketIds: Map<string, string>;
  prices: Price[];
  span: Span;
  /** The last instant of its journal. */
  lastInstantMs: number;
  /** The consumption on which a confirmation was spent. */
  consumptionOf(confirmationId: string): Promise<string>;
}

export type SeededAccount = Pick<
  AccountRow,
  'slug' | 'name' | 'plan' | 'currency' | 'timeZone' | 'sandbox'
> &
  Partial<Pick<AccountRow, 'seatPriceMinor'>>;

/**
 * Creates the account, ninety days ago, unless it exists. It stays marked as `seeding` until all of
 * its past is written. Until then only the seed ends its passes, and a process that finds the mark
 * knows that a seed was killed and continues it. Nothing is deleted and created again, because the
 * books are never deleted from.
 */
export async function beginAccount(
  source: DataSource,
  account: SeededAccount,
  nowMs: number,
): Promise<void> {
  if (await findAccountBySlug(source, account.slug)) return;
  const { slug, name, plan, currency, timeZone, sandbox, seatPriceMinor } = account;
  const createdAt = new Date(nowMs - spanDays * dayMs);
  const row = { slug, name, plan, currency, timeZone, sandbox, seatPriceMinor, createdAt };
  await createAccount(source, { ...row, seeding: true });
}

/** The account with its agents, who are added if they do not exist; null if it is done. */
export async function openAccount(
  source: DataSource,
  slug: string,
  agentsOf: (span: Span) => readonly NewAgent[],
): Promise<OpenAccount | null> {
  const account = await findAccountBySlug(source, slug);
  if (!account?.seeding) return null;
  const { id: accountId, createdAt } = account;
  const span = spanFrom(createdAt.getTime());
  const scope = new AccountScope(source, accountId);

  const there = new Set((await listAgents(source, { accountId })).map(({ email }) => email));
  const missing = agentsOf(span).filter(({ email }) => !there.has(email));
  if (missing.length > 0) await createAgents(source, accountId, missing);
  const agents = await listAgents(source, { accountId });

  const [books] = await scope.query<{ walletId: string; lastInstant: Date }>(
    `select w.id as "walletId", j.last_instant as "lastInstant"
     from journals j join wallets w on w.account_id = j.account_id and w.client_id is null
     where j.account_id = $1`,
  );
  const prices = await pricesFrom(scope, span.startMs);
  return {
    accountId,
    walletId: books!.walletId,
    adminId: agents.find(({ role, type }) => role === 'ACCOUNT_ADMIN' && type === 'FULL_TIME')!.id,
    agents: new Map(agents.map(({ email, id, timeZone }) => [email, { id, timeZone }])),
    ticketIds: new Map(),
    prices: prices.map(({ validFrom, validTo, ...price }) => ({
      ...price,
      validFromMs: validFrom.getTime(),
      validToMs: validTo?.getTime() ?? null,
    })),
    span,
    lastInstantMs: books!.lastInstant.getTime(),
    consumptionOf: async (confirmationId) => {
      const [row] = await scope.query<{ id: string }>(
        'select id from consumptions where account_id = $1 and confirmation_id = $2',
        [confirmationId],
      );
      if (!row) throw new Error(`Confirmation ${confirmationId} led to no consumption.`);
      return row.id;
    },
  };
}

/** All of its past is written: from now on the account is an account like any other. */
export async function finishAccount(source: DataSource, accountId: string): Promise<void> {
  await source.transaction(async (entities) => {
    const transaction = new AccountManager(entities, accountId);
    await placeFollowersAtTheEnd(transaction);
    await transaction.updateAccount({ seeding: false });
  });
}
