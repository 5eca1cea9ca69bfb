import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createAccount } from '../../../src/accounts/create-account';
import { createAgents } from '../../../src/agents/create-agents';
import { newId } from '../../../src/core/ids';
import { createLog } from '../../../src/core/log';
import { connectionBounds } from '../../../src/db/data-source';
import { createWriterPool } from '../../../src/db/writer-pool';
import { AccountLedger } from '../../../src/ledger/account-ledger';
import { LedgerWriter } from '../../../src/ledger/ledger-writer';
import { endOfLocalDay, localDayOf } from '../../../src/time/local-day';
import { purchaseDayPasses } from '../../../src/purchases/purchase-day-passes';
import { grantDayPasses } from '../../../src/wallets/grant-day-passes';
import { hangMs, longBounds } from '../patience';

const zone = 'America/New_York';
const hourMs = 3_600_000;

/** An account whose books a test writes through the ledger, on a clock that the test moves. */
export interface TestBooks {
  accountId: string;
  walletId: string;
  agentIds: string[];
  /** The ledger's present instant. */
  nowMs: number;
  grant(quantity: number, options?: { expiresAtMs?: number }): Promise<void>;
  /** At the list price, by the agent of index 0. */
  buy(quantity: number): Promise<void>;
  /** One pass for the agent with that index; `emergency` if nothing is left and it is allowed. */
  consume(agent: number, options?: { emergency?: boolean }): Promise<void>;
  /** Takes the agent's newest pass back. */
  reverse(agent: number): Promise<void>;
  /** Ends what is due, as the expiry loop does. */
  expire(): Promise<void>;
  close(): Promise<void>;
}

const log = createLog({ logLevel: 'silent' });

/** The connection of a ledger's writer, with bounds that decide no test. The test ends it. */
export const openTestWriters = (url: string): Pool =>
  createWriterPool(url, 1, log, connectionBounds(longBounds));

/** The books of a new account with `agents` occasional agents. Begins at a fixed noon. */
export async function openTestBooks(
  source: DataSource,
  url: string,
  options: {
    slug: string;
    agents: number;
    emergencyAllowance?: number;
    /** The writers' connections, of a test that opens many books; else the books have their own. */
    writers?: Pool;
  },
): Promise<TestBooks> {
  const createdAt = new Date('2026-03-02T17:00:00.000Z');
  const accountId = await createAccount(source, {
    slug: options.slug,
    name: options.slug,
    plan: 'pro',
    currency: 'USD',
    timeZone: zone,
    sandbox: false,
    createdAt,
  });
  const agentIds = await createAgents(
    source,
    accountId,
    Array.from({ length: options.agents }, (_, index) => ({
      name: `Agent ${index}`,
      email: `agent.${index}@${options.slug}.example`,
      type: 'OCCASIONAL' as const,
      role: 'AGENT' as const,
      status: 'ACTIVE' as const,
      timeZone: zone,
      sections: ['TICKETS'],
      createdAt,
    })),
  );
  const [wallet]: { id: string }[] = await source
    .query('update wallets set emergency_allowance = $2 where account_id = $1 returning id', [
      accountId,
      options.emergencyAllowance ?? 0,
    ])
    .then(([rows]) => rows);
  const pool = options.writers ?? openTestWriters(url);
  const books: TestBooks = {
    accountId,
    walletId: wallet!.id,
    agentIds,
    nowMs: createdAt.getTime(),
    grant: async (quantity, { expiresAtMs } = {}) => {
      const outcome = await grantDayPasses(new AccountLedger(ledger, accountId), {
        actor: null,
        walletId: null,
        quantity,
        reason: 'For a test',
        expiresAtMs: expiresAtMs ?? null,
        key: newId(),
      });
      expect(outcome.status).toBe('accepted');
    },
    buy: async (quantity) => {
      const outcome = await purchaseDayPasses(new AccountLedger(ledger, accountId), {
        actor: { kind: 'AGENT', id: agentIds[0]! },
        walletId: null,
        quantity,
        expectedTotal: null,
        key: newId(),
      });
      expect(outcome.status).toBe('accepted');
    },
    consume: async (agent, { emergency = false } = {}) => {
      const outcome = await ledger.submit<'consume'>(accountId, {
        kind: 'consume',
        id: newId(),
        agentId: agentIds[agent]!,
        walletId: books.walletId,
        ticketId: null,
        source: 'PORTAL',
        section: 'TICKETS',
        confirmationId: newId(),
        confirmationExpiresAtMs: books.nowMs + hourMs,
        timeZone: zone,
        localDate: localDayOf(books.nowMs, zone).localDate,
        passExpiresAtMs: endOfLocalDay(books.nowMs, zone),
        price: null,
        emergency,
        notice: 'A day pass will be consumed.',
        locale: 'en',
        noticeDiffers: false,
        sessionKeyId: null,
      });
      expect(outcome).toMatchObject({ status: 'accepted' });
    },
    reverse: async (agent) => {
      const [row]: { id: string }[] = await source.query(
        `select id from consumptions where account_id = $1 and agent_id = $2
         order by sequence desc limit 1`,
        [accountId, agentIds[agent]],
      );
      const outcome = await ledger.submit<'reverse'>(accountId, {
        kind: 'reverse',
        id: newId(),
        actor: null,
        consumptionId: row!.id,
        reason: 'For a test',
      });
      expect(outcome.status).toBe('accepted');
    },
    expire: async () => {
      await ledger.submit<'expire'>(accountId, { kind: 'expire', id: newId() });
    },
    close: () => (options.writers ? Promise.resolve() : pool.end()),
  };
  const ledger = new LedgerWriter({
    pool,
    writersMax: 1,
    log,
    waitMaxMs: hangMs,
    assertsConservation: true,
    announce: () => {},
    fixedNowMs: () => books.nowMs,
  });
  return books;
}
