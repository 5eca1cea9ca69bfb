import type { DataSource } from 'typeorm';
import { signBearer } from '../../../src/access/bearer-token';
import {
  hashNotice,
  readConfirmation,
  signConfirmation,
  type Confirmation,
} from '../../../src/access/confirmation-token';
import { renderNotice } from '../../../src/access/notice';
import { createAccount } from '../../../src/accounts/create-account';
import { createAgents, type NewAgent } from '../../../src/agents/create-agents';
import { newId } from '../../../src/core/ids';
import type { Log } from '../../../src/core/log';
import { loadSecrets, type Secrets } from '../../../src/db/secrets';
import { verifyBooks } from '../../../src/ledger/verify/verify-books';
import {
  AskGateDocument,
  GrantPassesDocument,
  ProceedDocument,
  type AskGateQuery,
  type AskGateQueryVariables,
  type GrantPassesMutationVariables,
  type ProceedPartsFragment,
} from '../../generated/operations';
import { startTestService, type GraphQLAnswer, type TestService } from './service';
import { openTestSource } from './database';

export { eventually } from '../patience';

const hourMs = 3_600_000;

export type PortalAccess = AskGateQuery['viewer']['portalAccess'];
type GrantInput = GrantPassesMutationVariables['input'];

/** A service with a database of its own, and the way to that database. */
export interface TestSite {
  service: TestService;
  source: DataSource;
  secrets: Secrets;
  /** A new account: an admin, agents, passes in the wallet. */
  openDesk(options?: DeskOptions): Promise<Desk>;
  close(): Promise<void>;
}

export interface DeskOptions {
  agents?: number;
  passes?: number;
  timeZone?: string;
  emergencyAllowance?: number;
  lowBalanceThreshold?: number;
  /** What the account's clock shows at first. */
  startsAt?: string;
}

/**
 * The beginning of the clock of a desk's account, on whatever day the tests run: a Wednesday in the
 * middle of a month, and more than half an hour from midnight in every zone.
 */
export const deskStartsAt = '2034-06-14T13:12:00.000Z';

export async function openTestSite(
  environment: Record<string, string> = {},
  log?: Log,
): Promise<TestSite> {
  return openSiteOf(await startTestService(environment, log));
}

/** The same for a service that a test started otherwise. */
export async function openSiteOf(service: TestService): Promise<TestSite> {
  const source = await openTestSource(service.databaseUrl, 4);
  const secrets = await loadSecrets(source);
  const site: TestSite = {
    service,
    source,
    secrets,
    openDesk: (options) => openDesk(site, options),
    close: async () => {
      await source.destroy();
      await service.stop();
    },
  };
  return site;
}

/** Somebody with a bearer. */
export interface Person {
  id: string;
  bearer: string;
}

async function openDesk(site: TestSite, options: DeskOptions = {}): Promise<Desk> {
  const slug = `desk-${newId()}`;
  const createdAt = new Date();
  const accountId = await createAccount(site.source, {
    slug,
    name: slug,
    // A plan of its own, so that its prices are its own.
    plan: slug.slice(0, 40),
    currency: 'USD',
    timeZone: 'UTC',
    // Its clock can be moved.
    sandbox: true,
    createdAt,
  });
  const { emergencyAllowance = 0, lowBalanceThreshold = null } = options;
  await site.source.query(
    `update accounts set test_clock_offset_ms =
       floor(extract(epoch from $2::timestamptz - clock_timestamp()) * 1000) where id = $1`,
    [accountId, options.startsAt ?? deskStartsAt],
  );
  await site.source.query(
    `update wallets set emergency_allowance = $2, low_balance_threshold = $3
     where account_id = $1`,
    [accountId, emergencyAllowance, lowBalanceThreshold],
  );
  const desk = new Desk(site, accountId, slug);
  const agent = { timeZone: options.timeZone ?? 'America/Santiago' };
  const [admin, ...agents] = await desk.addAgents([
    { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' },
    ...Array.from({ length: options.agents ?? 1 }, () => agent),
  ]);
  desk.admin = admin!;
  desk.agents = agents;
  if (options.passes) await desk.add(options.passes);
  return desk;
}

/** One account under test, with what its people do over HTTP. */
export class Desk {
  admin!: Person;
  agents: Person[] = [];

  constructor(
    readonly site: TestSite,
    readonly accountId: string,
    readonly slug: string,
  ) {}

  get agent(): Person {
    return this.agents[0]!;
  }

  async addAgents(agents: Partial<NewAgent>[]): Promise<Person[]> {
    const ids = await createAgents(
      this.site.source,
      this.accountId,
      agents.map((agent) => ({
        name: 'A. Person',
        email: `${newId()}@${this.slug}.example`,
        type: 'OCCASIONAL',
        status: 'ACTIVE',
        role: 'AGENT',
        timeZone: 'UTC',
        sections: ['TICKETS'],
        createdAt: new Date(),
        ...agent,
      })),
    );
    return Promise.all(ids.map(async (id) => ({ id, bearer: await this.bearer(id) })));
  }

  /** Null: a contact. */
  bearer(agentId: string | null): Promise<string> {
    return signBearer(
      { accountId: this.accountId, agentId, email: 'person@desk.example' },
      { key: this.site.secrets.localIssuer, nowMs: Date.now(), lifetimeMs: hourMs },
    );
  }

  async ask(person: Person, variables: AskGateQueryVariables = {}): Promise<PortalAccess> {
    const answer = await this.site.service.request(AskGateDocument, {
      token: person.bearer,
      variables,
    });
    return dataOf(answer).viewer.portalAccess;
  }

  /** What the pop-up shows; fails if the gate is open, or shut for good. */
  async confirmation(person: Person, variables: AskGateQueryVariables = {}) {
    const access = await this.ask(person, variables);
    if (access.__typename !== 'DayPassRequired' || !access.confirmation) {
      throw new Error(`The gate answered ${JSON.stringify(access)}.`);
    }
    return access.confirmation;
  }

  async tokenFor(person: Person, variables?: AskGateQueryVariables): Promise<string> {
    return (await this.confirmation(person, variables)).token;
  }

  async proceed(
    person: Person,
    token: string,
    service: Pick<TestService, 'request'> = this.site.service,
  ): Promise<ProceedPartsFragment> {
    const answer = await service.request(ProceedDocument, {
      token: person.bearer,
      variables: { token },
    });
    const payload = dataOf(answer).consumeDayPass;
    if (!payload) throw new Error('Nothing was answered.');
    return payload;
  }

  /** Asks and proceeds; fails if the pass is refused. */
  async enter(person: Person) {
    const { consumption, wallet, userErrors } = await this.proceed(
      person,
      await this.tokenFor(person),
    );
    if (!consumption || !wallet) throw new Error(`Refused: ${JSON.stringify(userErrors)}`);
    return { consumption, wallet };
  }

  /** The code with which Proceed is refused; null if it is not. */
  async refusalOf(person: Person, token: string): Promise<string | null> {
    const { consumption, userErrors } = await this.proceed(person, token);
    expect(consumption === null).toBe(userErrors.length === 1);
    return userErrors[0]?.code ?? null;
  }

  grant(input: Partial<GrantInput> & Record<string, unknown>, person: Person = this.admin) {
    return this.site.service.request(GrantPassesDocument, {
      token: person.bearer,
      variables: {
        input: { quantity: 1, reason: 'For a test', idempotencyKey: newId(), ...input },
      },
    });
  }

  /** Adds passes; fails if they are refused. Returns the balance. */
  async add(quantity: number, input: Partial<GrantInput> = {}): Promise<number> {
    const { grantDayPasses } = dataOf(await this.grant({ quantity, ...input }));
    if (!grantDayPasses?.wallet) throw new Error(JSON.stringify(grantDayPasses?.userErrors));
    return grantDayPasses.wallet.balance;
  }

  /**
   * The token with some of its bound values changed, signed as the service signs. The notice
   * follows the new values, unless other words are given.
   */
  resign(token: string, changes: Partial<Confirmation> & { notice?: string }): string {
    const key = this.site.secrets.confirmation;
    const read = readConfirmation(token, key);
    if (!read) throw new Error('That is not a token.');
    const { notice, ...bound } = { sessionKeyId: null, ...read, ...changes };
    const noticeHash = hashNotice(notice ?? renderNotice(bound), bound.language);
    return signConfirmation({ ...bound, noticeHash }, key);
  }

  /** One statement; `$1` is the account. */
  async sql<Row>(statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.site.source.query(statement, [this.accountId, ...parameters]);
  }

  /** Moves the account's clock forward. */
  async moveClock(byMs: number): Promise<void> {
    await this.sql(
      'update accounts set test_clock_offset_ms = test_clock_offset_ms + $2 where id = $1',
      [Math.ceil(byMs)],
    );
  }

  /** Moves the account's clock to an instant that is still to come. */
  async moveClockTo(instant: string, butMs = 0): Promise<void> {
    const { now } = await this.ask(this.admin);
    await this.moveClock(Date.parse(instant) + butMs - Date.parse(now));
  }

  async balance(): Promise<number> {
    const [wallet] = await this.sql<{ balance: number }>(
      'select balance from wallets where account_id = $1 and client_id is null',
    );
    return wallet!.balance;
  }

  /** The kinds of the journal's entries, in order. */
  async kinds(): Promise<string[]> {
    const entries = await this.sql<{ kind: string }>(
      'select kind from journal_entries where account_id = $1 order by sequence',
    );
    return entries.map(({ kind }) => kind);
  }

  /** Balance, entries and lots agree, numbers have no holes, and the chain of hashes holds. */
  async expectBooksToClose(): Promise<void> {
    const wallets = await this.sql<Record<'balance' | 'deltas' | 'left' | 'owed', number>>(
      `select balance,
         (select coalesce(sum(delta), 0) from journal_entries e
           where e.account_id = $1 and e.wallet_id = w.id) as deltas,
         (select coalesce(sum(remaining), 0) from lots l
           where l.account_id = $1 and l.wallet_id = w.id) as left,
         (select count(*) from emergency_passes p where p.account_id = $1
           and p.wallet_id = w.id and settled_by_lot_id is null) as owed
       from wallets w where w.account_id = $1`,
    );
    for (const { balance, deltas, left, owed } of wallets) {
      expect({ deltas, held: left - owed }).toEqual({ deltas: balance, held: balance });
    }
    const [numbers] = await this.sql<Record<'count' | 'last' | 'journal', number>>(
      `select count(*) as count, coalesce(max(sequence), 0) as last,
         (select sequence from journals where account_id = $1) as journal
       from journal_entries where account_id = $1`,
    );
    expect(numbers).toEqual({
      count: numbers!.count,
      last: numbers!.count,
      journal: numbers!.count,
    });
    expect((await verifyBooks(this.site.source, this.accountId)).drift).toBeNull();
  }
}

/** What was answered, after asserting that nothing failed. */
export function dataOf<Data>({ data, errors }: GraphQLAnswer<Data>): Data {
  expect(errors).toEqual([]);
  return data!;
}

/** The code of the one fault that was answered. */
export function faultCodeOf({ errors }: GraphQLAnswer<unknown>): unknown {
  expect(errors).toHaveLength(1);
  return errors[0]?.extensions?.code;
}

/** How many times each value occurs. */
export function tally(values: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}
