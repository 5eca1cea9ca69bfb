import { Client } from 'pg';
import { createWriterPool } from '../../src/db/writer-pool';
import { createLog } from '../../src/core/log';
import { readConfig } from '../../src/core/config';
import { doors } from '../support/doors';
import { openTestSite, type Desk, type TestSite } from '../support/desk';

let site: TestSite;
let desk: Desk;

afterEach(() => site.close());

const query = '{ agents { edges { node { name } } } }';

async function open(environment: Record<string, string> = {}): Promise<void> {
  site = await openTestSite(environment);
  desk = await site.openDesk();
}

/** While `run` runs, nobody reads an agent: whoever tries waits. */
async function whileAgentsAreLocked(run: () => Promise<void>): Promise<void> {
  // Of nobody's pool: it holds on longer than a connection of ours would be let.
  const client = new Client(site.service.databaseUrl);
  await client.connect();
  try {
    await client.query('begin; lock table agents in access exclusive mode');
    await run();
  } finally {
    await client.end();
  }
}

const overHttp = () =>
  fetch(`${site.service.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${desk.admin.bearer}`,
    },
    body: JSON.stringify({ query: '{ viewer { agent { id } } account { id } }' }),
  });

describe.each(doors)('over $name', (door) => {
  const ask = () => door.ask(site.service.url, desk.admin.bearer, { query });

  test('an answer that takes too long is not waited for', async () => {
    await open({ DAYPASS_ANSWER_MS: '200' });
    await whileAgentsAreLocked(async () => {
      const { errors } = await ask();
      expect(errors?.map(({ message, extensions }) => [message, extensions?.code])).toEqual([
        ['That took too long; try again in a moment.', 'SERVICE_UNAVAILABLE'],
      ]);
    });
    expect((await ask()).errors).toBeUndefined();
  });

  test('a lock that somebody holds is not waited for without end', async () => {
    await open();
    await whileAgentsAreLocked(async () => {
      const { errors } = await ask();
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['SERVICE_UNAVAILABLE']);
    });
    expect((await ask()).errors).toBeUndefined();
  });

  test('nor is a connection that all others have taken', async () => {
    await open({ DAYPASS_POOL_SIZE: '1' });
    await whileAgentsAreLocked(async () => {
      const answers = await Promise.all([ask(), ask(), ask(), ask()]);
      for (const { errors } of answers) {
        expect(errors?.[0]?.extensions?.code).toBe('SERVICE_UNAVAILABLE');
      }
    });
    expect((await ask()).errors).toBeUndefined();
  });
});

test('who is to come again is told so by the status', async () => {
  await open({ DAYPASS_ANSWER_MS: '200' });
  await whileAgentsAreLocked(async () => {
    const response = await overHttp();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
  });
});

test('every connection of ours has its bounds, those that read and those that write', async () => {
  await open();
  const log = createLog(readConfig({ LOG_LEVEL: 'silent' }));
  const writers = createWriterPool(site.service.databaseUrl, 1, log);
  const bounds = `select current_setting('statement_timeout') as statement,
    current_setting('lock_timeout') as lock,
    current_setting('idle_in_transaction_session_timeout') as idle`;
  try {
    const expected = { statement: '5s', lock: '2s', idle: '5s' };
    expect(await site.source.query(bounds)).toEqual([expected]);
    expect((await writers.query(bounds)).rows).toEqual([expected]);
  } finally {
    await writers.end();
  }
});
