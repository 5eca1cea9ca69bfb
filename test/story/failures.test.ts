import { Client } from 'pg';
import {
  dataOf,
  eventually,
  faultCodeOf,
  openTestSite,
  tally,
  type Person,
  type TestSite,
} from '../support/desk/desk';
import { AskGateDocument, ProceedDocument } from '../generated/operations';

/** One writer: a command that keeps it delays every account. */
const narrow = { DAYPASS_WRITER_POOL_SIZE: '1', DAYPASS_POOL_SIZE: '4' };

let site: TestSite;
/** It gives up soon if another session has the lock. */
let impatient: TestSite;

beforeAll(async () => {
  site = await openTestSite(narrow);
  impatient = await openTestSite({
    ...narrow,
    DAYPASS_LOCK_WAIT_MS: '1000',
    DAYPASS_QUEUE_WAIT_MS: '3000',
    DAYPASS_CONNECTION_WAIT_MS: '3000',
  });
});

afterAll(async () => {
  await site.close();
  await impatient.close();
});

/** Another session's transaction, which keeps its locks until `release`. */
async function holding(at: TestSite, statement: string, parameters: unknown[] = []) {
  const client = new Client(at.service.databaseUrl);
  await client.connect();
  await client.query('begin');
  await client.query(statement, parameters);
  return {
    release: async () => {
      await client.query('rollback');
      await client.end();
    },
  };
}

const lockJournal = 'select sequence from journals where account_id = $1 for update';

function proceed(at: TestSite, person: Person, token: string) {
  return at.service.request(ProceedDocument, { token: person.bearer, variables: { token } });
}

/** How many of the service's writers wait for a lock just now. */
async function writersWaiting(at: TestSite): Promise<number> {
  const [row]: { count: number }[] = await at.source.query(
    `select count(*) from pg_stat_activity where application_name = 'daypass writer'
       and datname = current_database() and wait_event_type = 'Lock'`,
  );
  return row!.count;
}

describe('while another session holds the lock of an account', () => {
  test('its agents are refused within a bound, and served again once it is free', async () => {
    const desk = await impatient.openDesk({ passes: 1 });
    const token = await desk.tokenFor(desk.agent);
    const lock = await holding(impatient, lockJournal, [desk.accountId]);
    const refused = await proceed(impatient, desk.agent, token);
    await lock.release();
    expect(faultCodeOf(refused)).toBe('SERVICE_UNAVAILABLE');
    await eventually(async () => {
      const { consumption, replayed } = await desk.proceed(desk.agent, token);
      expect({ taken: consumption !== null, replayed }).toEqual({ taken: true, replayed: false });
    });
    expect(await desk.balance()).toBe(0);
    await desk.expectBooksToClose();
  });

  test('agents of another account wait their turn and are served', async () => {
    const [stuck, other] = [
      await impatient.openDesk({ passes: 1 }),
      await impatient.openDesk({ passes: 1 }),
    ];
    const [token, otherToken] = [
      await stuck.tokenFor(stuck.agent),
      await other.tokenFor(other.agent),
    ];
    const lock = await holding(impatient, lockJournal, [stuck.accountId]);
    const refused = proceed(impatient, stuck.agent, token);
    await eventually(async () => expect(await writersWaiting(impatient)).toBe(1));
    const served = await other.refusalOf(other.agent, otherToken);
    expect(served).toBeNull();
    expect(faultCodeOf(await refused)).toBe('SERVICE_UNAVAILABLE');
    await lock.release();
  });

  test('reads continue', async () => {
    const desk = await impatient.openDesk({ passes: 1 });
    const lock = await holding(impatient, lockJournal, [desk.accountId]);
    expect(await desk.ask(desk.agent)).toMatchObject({ __typename: 'DayPassRequired' });
    await lock.release();
  });
});

test('when no connection for reads is free, requests are refused within a bound', async () => {
  const desk = await impatient.openDesk({ passes: 1 });
  const lock = await holding(impatient, 'lock table agents in access exclusive mode');
  const asked = Array.from({ length: 12 }, () =>
    impatient.service.request(AskGateDocument, { token: desk.agent.bearer }),
  );
  const answers = await Promise.all(asked);
  await lock.release();
  for (const answer of answers) expect(faultCodeOf(answer)).toBe('SERVICE_UNAVAILABLE');
  await eventually(async () => {
    expect(await desk.ask(desk.agent)).toMatchObject({ __typename: 'DayPassRequired' });
  });
});

test('a request that the database refuses for its content does not harm others of its batch', async () => {
  const desk = await site.openDesk({ agents: 6, passes: 10 });
  const tokens = await Promise.all(desk.agents.map((agent) => desk.tokenFor(agent)));
  // A pass of thirty hours: signed by us, and against a constraint.
  const { passExpiresAt } = await desk.confirmation(desk.agents[3]!);
  const tooLong = Date.parse(passExpiresAt) + 30 * 3_600_000;
  tokens[3] = desk.resign(tokens[3]!, { passExpiresAtMs: tooLong });

  // The first waits for the lock; the others become one batch after it.
  const lock = await holding(site, lockJournal, [desk.accountId]);
  const first = proceed(site, desk.agents[0]!, tokens[0]!);
  await eventually(async () => expect(await writersWaiting(site)).toBe(1));
  const others = desk.agents
    .slice(1)
    .map((agent, index) => proceed(site, agent, tokens[index + 1]!));
  await lock.release();

  const answers = await Promise.all([first, ...others]);
  const words = answers.map(({ errors }) => errors[0]?.extensions?.code ?? 'accepted');
  expect(words).toEqual([
    ...['accepted', 'accepted', 'accepted'],
    'INTERNAL_SERVER_ERROR',
    ...['accepted', 'accepted'],
  ]);
  expect(await desk.balance()).toBe(5);
  await desk.expectBooksToClose();
});

test('connections that die under load lose nothing and double nothing', async () => {
  const desk = await site.openDesk({ agents: 60, passes: 100 });
  const tokens = await Promise.all(desk.agents.map((agent) => desk.tokenFor(agent)));
  const acknowledged = new Map<string, string>();
  let kills = 0;
  const kill = async () => {
    const killed: unknown[] = await site.source.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'daypass writer' and datname = current_database()`,
    );
    kills += killed.length;
  };

  let next = 0;
  const client = async () => {
    while (next < desk.agents.length) {
      const index = next++;
      const agent = desk.agents[index]!;
      if (index % 6 === 3) await kill();
      // Agents without a success send the same token again.
      await eventually(async () => {
        const payload = dataOf(await proceed(site, agent, tokens[index]!)).consumeDayPass!;
        expect(payload.userErrors).toEqual([]);
        acknowledged.set(agent.id, payload.consumption!.id);
      });
    }
  };
  await Promise.all(Array.from({ length: 12 }, client));

  expect(kills).toBeGreaterThan(3);
  expect(acknowledged.size).toBe(desk.agents.length);
  const taken = await desk.sql<{ agent_id: string }>(
    'select agent_id from consumptions where account_id = $1',
  );
  expect(new Set(Object.values(tally(taken.map((row) => row.agent_id))))).toEqual(new Set([1]));
  expect(taken).toHaveLength(desk.agents.length);
  expect(await desk.balance()).toBe(100 - desk.agents.length);
  await desk.expectBooksToClose();
});
