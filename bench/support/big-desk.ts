import { signBearer } from '../../src/access/bearer-token';
import { createLog } from '../../src/core/log';
import { createWriterPool } from '../../src/db/writer-pool';
import { databaseNowMs } from '../../src/demo/database-now';
import { largeAccounts, largeAgents, type LargeAccount } from '../../src/demo/large-accounts';
import { fastCommits } from '../../src/demo/make-demo';
import { beginAccount, finishAccount, openAccount } from '../../src/demo/open-account';
import { PastLedger } from '../../src/demo/past-ledger';
import { planLarge } from '../../src/demo/plan-large';
import { dayMs, spanDays, type Span } from '../../src/demo/span';
import type { Step } from '../../src/demo/step';
import { walk } from '../../src/demo/walk';
import { writeTickets } from '../../src/demo/write-tickets';
import { seedExamplePrices } from '../../src/purchases/example-prices';
import type { BenchDatabase } from './database';
import { countTables } from './past';

/** A desk as large as our pages must be quick for, with a past of ninety days. */
export interface BigDesk {
  admin: { bearer: string };
  /** Occasional agents without a running pass. */
  agents: { accountId: string; id: string; bearer: string }[];
}

/** Each occasional agent uses a pass on so many days. */
const days = 20;
const fullTime = 20;
const clients = 40;
const ticketsOfClient = 50;
/** As many tickets as the service accepts in one request. */
const ticketsAtOnce = 100;
const bearerLifetimeMs = 3_600_000;
/** As many agents as are signed in. */
const agentsSigned = 40;

/**
 * Makes an account with so many agents by the code of `daypass seed --size large`, with clients and
 * tickets: every second pass is used for a ticket. 5,000 agents have 100,000 consumptions.
 */
export async function openBigDesk(database: BenchDatabase, agents: number): Promise<BigDesk> {
  const { source, url } = database;
  await seedExamplePrices(source);
  const log = createLog({ logLevel: 'warn' });
  const size = { fullTime, occasional: agents - fullTime, days };
  const [plan] = largeAccounts({ accounts: 1, first: size, others: size });
  await beginAccount(source, { ...plan!, seatPriceMinor: 2_900 }, await databaseNowMs(source));
  const account = await openAccount(source, plan!.slug, ({ startMs }) =>
    largeAgents(plan!, startMs),
  );
  if (account) {
    await writeTickets(source, account, ticketsOf(plan!, account.span));
    const pool = createWriterPool(url, 1, log, fastCommits);
    const steps = withTickets(planLarge(plan!, account.span), [...account.ticketIds.keys()]);
    await walk(new PastLedger(account.accountId, { pool, log }), account, { steps });
    await pool.end();
    await finishAccount(source, account.accountId);
    await countTables(database);
  }
  return signIn(database);
}

function ticketsOf({ slug }: LargeAccount, { startMs }: Span) {
  const names = Array.from({ length: clients }, (_, at) => `Client ${at + 1}`);
  const tickets = names.flatMap((name) =>
    Array.from({ length: ticketsOfClient }, (_, at) => ({
      externalId: `${name} ${at}`,
      subject: `Ticket ${at + 1} of ${name}`,
      requesterName: 'A requester',
      clientExternalId: name,
    })),
  );
  const parts = Math.ceil(tickets.length / ticketsAtOnce);
  return {
    clients: names.map((name) => ({ externalId: name, name: `${name} of ${slug}`, contacts: [] })),
    // Over the whole past, so that each period has some.
    syncs: Array.from({ length: parts }, (_, at) => ({
      atMs: startMs + Math.floor((at * (spanDays - 1) * dayMs) / parts),
      tickets: tickets.filter((_, of) => of % parts === at),
    })),
    replies: [],
  };
}

function* withTickets(steps: Iterable<Step>, tickets: readonly string[]): Generator<Step> {
  let entered = 0;
  for (const { atMs, acts } of steps) {
    yield {
      atMs,
      acts: acts.map((act) => {
        if (act.kind !== 'enter') return act;
        entered += 1;
        const ticket = entered % 2 ? tickets[entered % tickets.length]! : null;
        return { ...act, ticket };
      }),
    };
  }
}

async function signIn({ source, bearerKey }: BenchDatabase): Promise<BigDesk> {
  const people: { account_id: string; id: string; email: string; type: string }[] =
    await source.query(
      `(select account_id, id, email, type from agents where role = 'ACCOUNT_ADMIN' limit 1)
       union all (select account_id, id, email, type from agents where type = 'OCCASIONAL' limit $1)`,
      [agentsSigned],
    );
  const [admin, ...agents] = await Promise.all(
    people.map(async ({ account_id: accountId, id, email }) => ({
      accountId,
      id,
      bearer: await signBearer(
        { accountId, agentId: id, email },
        { key: bearerKey, nowMs: Date.now(), lifetimeMs: bearerLifetimeMs },
      ),
    })),
  );
  return { admin: admin!, agents };
}
