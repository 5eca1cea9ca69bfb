import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { signBearer } from '../../../src/access/bearer-token';
import { nodeId } from '../../../src/api/node';
import { createAccount } from '../../../src/accounts/create-account';
import { createAgents, type NewAgent } from '../../../src/agents/create-agents';
import { faultCodes } from '../../../src/core/domain-error';
import { newId } from '../../../src/core/ids';
import { loadSecrets } from '../../../src/db/secrets';
import { readJournalCursor } from '../../../src/journal/journal-place';
import { AccountScope } from '../../../src/db/account-scope';
import { AccountLedger } from '../../../src/ledger/account-ledger';
import { verifyBooks } from '../../../src/ledger/verify/verify-books';
import { grantDayPasses } from '../../../src/wallets/grant-day-passes';
import { openBulkLedger } from '../desk/bulk';
import { createTestDatabase, openTestSource } from '../desk/database';
import type { Person } from '../desk/desk';
import { Fleet } from './fleet';
import { Load } from './load';
import { eventually, hangMs } from '../patience';
import { Subscriber } from '../desk/subscriber';
import { isLong } from '../size';
import type { TcpProxy } from './tcp-proxy';

export { eventually as comesTrue } from '../patience';

const hourMs = 3_600_000;
const lookMs = 50;

/** The service's time-outs where a fault lasts until they end: short in the short run. */
export const shortWaits: Record<string, string> = isLong
  ? {}
  : {
      DAYPASS_STATEMENT_MS: '4000',
      DAYPASS_QUEUE_WAIT_MS: '4000',
      DAYPASS_LOCK_WAIT_MS: '2000',
      // A process that starts on a slow machine needs it for its first connection.
      DAYPASS_CONNECTION_WAIT_MS: '5000',
    };

/** An account under fire. */
export interface FaultAccount {
  accountId: string;
  admin: Person;
  agents: Person[];
  /** Passes that were granted. */
  passes: number;
  /** The journal's cursor before anybody came in. */
  cursor: string;
}

/** A database, processes of the built service on it, and accounts with people who come in. */
export class FaultSite {
  readonly fleet: Fleet;
  private readonly subscribers: Subscriber[] = [];

  private constructor(
    readonly source: DataSource,
    /** The database, by no way that a test disturbs. */
    readonly databaseUrl: string,
    environment: Record<string, string>,
    private readonly dispose: () => Promise<void>,
  ) {
    this.fleet = new Fleet(environment);
  }

  /** `by`: the service's way to the database; its own address by default. */
  static async open(
    options: {
      database?: { url: string; drop(): Promise<void> };
      by?: (url: string) => Promise<TcpProxy>;
      environment?: Record<string, string>;
    } = {},
  ): Promise<FaultSite> {
    const database = options.database ?? (await createTestDatabase());
    const source = await openTestSource(database.url, 3);
    const proxy = await options.by?.(database.url);
    const environment = { ...options.environment, DATABASE_URL: proxy?.url ?? database.url };
    return new FaultSite(source, database.url, environment, async () => {
      await proxy?.close();
      // PostgreSQL needs a moment to notice that silent connections are gone.
      await eventually(() => database.drop());
    });
  }

  /** A new account, made by the product's own functions, with one pass for each agent and to spare. */
  async openAccount(options: { agents: number; sandbox?: boolean }): Promise<FaultAccount> {
    const slug = `fault-${newId()}`;
    const timeZone = zoneOfNoon();
    const createdAt = new Date(Date.now() - hourMs);
    const accountId = await createAccount(this.source, {
      slug,
      name: slug,
      plan: 'none',
      currency: 'USD',
      timeZone,
      sandbox: options.sandbox ?? false,
      createdAt,
    });
    const person = (some: Partial<NewAgent>, index: number): NewAgent => ({
      name: `Agent ${index}`,
      email: `agent.${index}@${slug}.example`,
      type: 'OCCASIONAL',
      status: 'ACTIVE',
      role: 'AGENT',
      timeZone,
      sections: ['TICKETS'],
      createdAt,
      ...some,
    });
    const [adminId = '', ...agentIds] = await createAgents(this.source, accountId, [
      person({ type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' }, 0),
      ...Array.from({ length: options.agents }, (_, index) => person({}, index + 1)),
    ]);
    const passes = options.agents + 10;
    const bulk = openBulkLedger(this.source, this.databaseUrl);
    await grantDayPasses(new AccountLedger(bulk.ledger, accountId), {
      actor: null,
      walletId: null,
      quantity: passes,
      reason: 'For a test',
      expiresAtMs: null,
      key: newId(),
    });
    await bulk.close();
    const { localIssuer } = await loadSecrets(this.source);
    const sign = async (agentId: string): Promise<Person> => ({
      id: agentId,
      bearer: await signBearer(
        { accountId, agentId, email: 'person@desk.example' },
        { key: localIssuer, nowMs: Date.now(), lifetimeMs: hourMs },
      ),
    });
    return {
      accountId,
      admin: await sign(adminId),
      agents: await Promise.all(agentIds.map(sign)),
      passes,
      cursor: await readJournalCursor(new AccountScope(this.source, accountId)),
    };
  }

  /** Subscribers of the account's journal, spread over the processes; they receive all of it. */
  async subscribe(
    { admin, cursor }: FaultAccount,
    count: number,
    options: { firstQuery?: string; isPatient?: boolean } = {},
  ): Promise<Subscriber[]> {
    const { urls } = this.fleet;
    const from = { bearer: admin.bearer, after: cursor, urls };
    const made = Array.from(
      { length: count },
      (_, offset) => new Subscriber({ ...from, ...options, offset }),
    );
    this.subscribers.push(...made);
    await eventually(async () => {
      expect(made.filter(({ isConnected }) => !isConnected)).toHaveLength(0);
    });
    return made;
  }

  /**
   * What must be true after every fault: the books close, nothing that was acknowledged is missing,
   * nothing is doubled, every subscriber has received every entry once and in order, refusals had
   * codes and came in time, and no process ended that was not stopped.
   */
  async expectTheBooksToClose(
    account: FaultAccount,
    { load, subscribers = [] }: { load: Load; subscribers?: Subscriber[] },
  ): Promise<void> {
    const { accountId, passes } = account;
    expect(load.wrong).toEqual([]);
    expect(load.unanswered).toEqual([]);
    expectBoundedRefusals(load.refusals);
    this.fleet.expectNobodyDied();

    expect((await verifyBooks(this.source, accountId)).drift).toBeNull();
    const taken: { id: string; agent_id: string }[] = await this.source.query(
      'select id, agent_id from consumptions where account_id = $1 and reversed_at is null',
      [accountId],
    );
    const kept = new Map(
      taken.map(({ id, agent_id }) => [nodeId('DayPassConsumption', id), agent_id]),
    );
    const missing = [...load.acknowledged.values()].filter(
      ({ consumptionId, agentId }) => kept.get(consumptionId) !== agentId,
    );
    expect(missing).toEqual([]);
    // Everybody came in once: as many passes as people, and as many as were acknowledged.
    expect(new Set(taken.map(({ agent_id }) => agent_id)).size).toBe(taken.length);
    expect(taken).toHaveLength(load.acknowledged.size);
    const [books]: Record<'balance' | 'running' | 'sequence', number>[] = await this.source.query(
      `select sequence, (select sum(balance)::int from wallets where account_id = $1) as balance,
         (select count(*)::int from running_passes where account_id = $1) as running
       from journals where account_id = $1`,
      [accountId],
    );
    expect(books).toMatchObject({ balance: passes - taken.length, running: taken.length });
    await this.expectAllReceived(subscribers, books!.sequence);
  }

  /** Every subscriber has received, or soon receives, each entry after the first up to `sequence`. */
  async expectAllReceived(subscribers: readonly Subscriber[], sequence: number): Promise<void> {
    const entries = Array.from({ length: sequence - 1 }, (_, index) => index + 2);
    const behind = () => subscribers.filter(({ heard }) => heard.length < entries.length);
    const deadline = performance.now() + hangMs;
    while (behind().length > 0 && performance.now() < deadline) await wait(lookMs);
    expect(behind().map(({ heard, faults }) => ({ heard: heard.length, faults }))).toEqual([]);
    const codes: readonly string[] = faultCodes;
    for (const { heard, faults } of subscribers) {
      expect(heard).toEqual(entries);
      expect(faults.filter((code) => !codes.includes(code))).toEqual([]);
      expect(faults).not.toContain('INTERNAL_SERVER_ERROR');
      // With another query than the test's it would have received all.
      expect(faults).not.toContain('GRAPHQL_VALIDATION_FAILED');
      expect(faults).not.toContain('QUERY_TOO_COMPLEX');
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.subscribers.map((subscriber) => subscriber.stop()));
    try {
      await this.fleet.close();
    } finally {
      await this.source.destroy();
      await this.dispose();
    }
  }
}

/** The only permitted answer while something is broken; what is never answered is in `unanswered`. */
export function expectBoundedRefusals(refusals: Load['refusals']): void {
  expect(refusals.filter(({ code }) => code !== 'SERVICE_UNAVAILABLE')).toEqual([]);
}

/** A zone in which no day ends during the test. */
function zoneOfNoon(): string {
  const hour = new Date().getUTCHours();
  return hour >= 2 && hour < 20 ? 'UTC' : 'Asia/Tokyo';
}
