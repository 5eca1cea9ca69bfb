import { Client } from 'pg';
import { connectionBounds, createDataSource } from '../../src/db/data-source';
import { createWriterPool } from '../../src/db/writer-pool';
import { createLog } from '../../src/core/log';
import { readConfig } from '../../src/core/config';
import { doors } from '../support/desk/doors';
import { addKey } from '../support/desk/keys';
import { eventually, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

/** By their environments: tests of the same bound use the same service. */
const sites = new Map<string, TestSite>();
let site: TestSite;
let desk: Desk;

afterAll(() => Promise.all([...sites.values()].map((one) => one.close())));

const query = '{ agents { edges { node { name } } } }';

async function open(environment: Record<string, string> = {}): Promise<void> {
  const name = JSON.stringify(environment);
  site = sites.get(name) ?? (await openTestSite(environment));
  sites.set(name, site);
  desk = await site.openDesk();
}

/** While `run` runs, every read of an agent waits. */
async function whileAgentsAreLocked(run: () => Promise<void>): Promise<void> {
  // Of no pool: it stays longer than a connection of the service may.
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
  // A busy machine may need more than one try within bounds as short as these.
  const served = () => eventually(async () => expect((await ask()).errors).toBeUndefined());

  test('an answer that takes too long is ended', async () => {
    await open({ DAYPASS_ANSWER_MS: '200' });
    await whileAgentsAreLocked(async () => {
      const { errors } = await ask();
      expect(errors?.map(({ message, extensions }) => [message, extensions?.code])).toEqual([
        ['The request took too long. Try again in a moment.', 'SERVICE_UNAVAILABLE'],
      ]);
    });
    await served();
  });

  test('the wait for a lock has an end', async () => {
    await open({ DAYPASS_LOCK_WAIT_MS: '300' });
    await whileAgentsAreLocked(async () => {
      const { errors } = await ask();
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['SERVICE_UNAVAILABLE']);
    });
    await served();
  });

  test('so has the wait for a connection while all are in use', async () => {
    const short = { DAYPASS_LOCK_WAIT_MS: '300', DAYPASS_CONNECTION_WAIT_MS: '1000' };
    await open({ DAYPASS_POOL_SIZE: '1', ...short });
    await whileAgentsAreLocked(async () => {
      const answers = await Promise.all([ask(), ask(), ask(), ask()]);
      for (const { errors } of answers) {
        expect(errors?.[0]?.extensions?.code).toBe('SERVICE_UNAVAILABLE');
      }
    });
    await served();
  });
});

test('the status says that a retry is useful', async () => {
  await open({ DAYPASS_ANSWER_MS: '200' });
  await whileAgentsAreLocked(async () => {
    const response = await overHttp();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
  });
});

test('a sign-in has a limited wait too, on its own connections', async () => {
  await open({ DAYPASS_LOCK_WAIT_MS: '300' });
  const key = await addKey(desk);
  const client = new Client(site.service.databaseUrl);
  await client.connect();
  try {
    // Never committed. It locks the table, which PostgreSQL 14 refuses to a role that may not change all columns.
    await client.query('begin; alter table api_keys rename to locked');
    const { errors } = await doors[0]!.ask(site.service.url, key.bearer, { query });
    expect(errors?.[0]?.extensions?.code).toBe('SERVICE_UNAVAILABLE');
    // The answer's own bound, far longer here, is not what ended it.
    expect(errors?.[0]?.message).not.toContain('took too long');
  } finally {
    await client.end();
  }
});

test('every connection has its bounds, for reads and for writes', async () => {
  await open();
  const config = readConfig({ LOG_LEVEL: 'silent', DAYPASS_LOCK_WAIT_MS: '1500' });
  const given = connectionBounds(config.waits);
  const url = site.service.databaseUrl;
  const readers = await createDataSource(url, 1, given).initialize();
  const writers = createWriterPool(url, 1, createLog(config), given);
  const unset = createWriterPool(url, 1, createLog(config));
  const bounds = `select current_setting('statement_timeout') as statement,
    current_setting('lock_timeout') as lock,
    current_setting('idle_in_transaction_session_timeout') as idle`;
  try {
    const expected = { statement: '5s', lock: '1500ms', idle: '5s' };
    expect(await readers.query(bounds)).toEqual([expected]);
    expect((await writers.query(bounds)).rows).toEqual([expected]);
    expect((await unset.query(bounds)).rows).toEqual([{ ...expected, lock: '2s' }]);
  } finally {
    await Promise.all([readers.destroy(), writers.end(), unset.end()]);
  }
});
