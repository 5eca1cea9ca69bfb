import { Client } from 'pg';
import { checkCluster } from '../../src/cli/doctor-cluster';
import { createCitusStandIn } from '../support/desk/citus-stand-in';
import { createTestDatabase, type TestDatabase } from '../support/desk/database';
import { runVerb } from '../support/verb';

/* The doctor's part "cluster", on a stand-in for Citus. */

let database: TestDatabase;
let client: Client;
beforeEach(async () => {
  database = await createTestDatabase();
  client = new Client(database.url);
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

/** What each machine answers, in their order. */
interface Answer {
  version?: string;
  citus?: string;
  settings?: Record<string, string>;
  clockMs?: number;
  prepared?: number;
  connectionsMax?: number;
  connections?: number;
}

/** From now on the machines answer this; null: a machine does not answer. */
async function answer(answers: readonly (Answer | null)[]): Promise<void> {
  const sound = {
    version: '17.2',
    citus: '13.2-1',
    settings: { fsync: 'on' },
    clockMs: 1_000_000,
    prepared: 100,
    connectionsMax: 100,
    connections: 10,
  };
  const rows = answers.map((given, at) => ({
    nodeid: at + 1,
    success: given !== null,
    result: given ? JSON.stringify({ ...sound, ...given }) : 'no connection',
  }));
  await client.query(
    `create or replace function citus.run_command_on_all_nodes(command text)
     returns table (nodeid int, success boolean, result text) language sql as $$
       select * from json_to_recordset('${JSON.stringify(rows)}')
         as answer (nodeid int, success boolean, result text) $$`,
  );
}

test('without Citus it says so in one line', async () => {
  expect(await checkCluster(client)).toEqual({
    part: 'cluster',
    state: 'ok',
    says: 'Citus is not installed in this database: one PostgreSQL has all tables',
  });
});

test('a distributed database without problems is reported with its machines', async () => {
  await createCitusStandIn(client, ['worker-1']);
  // The questions themselves are run by the stand-in; its one server answers for all machines.
  const first = await checkCluster(client);
  expect(first.says).toContain('2 machines with PostgreSQL');
  expect(first.says).toContain('tables of accounts that are not distributed: agent_identities');
  const { code } = await runVerb(['migrate', '--distribute'], { DATABASE_URL: database.url });
  expect(code).toBe(0);
  await answer([{}, {}]);
  expect(await checkCluster(client)).toEqual({
    part: 'cluster',
    state: 'ok',
    says:
      '2 machines with PostgreSQL 17.2 and Citus 13.2-1; connections: ' +
      'coordinator:5432 10 of 100, worker-1:5432 10 of 100',
  });
});

test.each<[what: string, worker: Answer | null, state: string, says: string]>([
  ['does not answer', null, 'broken', 'worker-1:5432 does not answer'],
  ['is of another version', { citus: '12.1-1' }, 'warning', 'worker-1:5432 17.2 12.1-1'],
  ['has other settings', { settings: { fsync: 'off' } }, 'warning', 'worker-1:5432 fsync=off'],
  ['has a clock 1.5 s ahead', { clockMs: 1_001_500 }, 'warning', 'the clocks differ by 1500 ms'],
  ['prepares no transactions', { prepared: 0 }, 'broken', 'max_prepared_transactions 0'],
  ['prepares too few', { prepared: 99 }, 'warning', 'max_prepared_transactions 99'],
  ['is nearly full', { connections: 81 }, 'warning', 'worker-1:5432 uses 81 of 100 connections'],
])('a machine that %s is reported', async (_what, worker, state, says) => {
  await createCitusStandIn(client, ['worker-1']);
  await client.query(
    `insert into citus.known select c.oid::regclass, 'distributed', 'account_id', 1, 8
     from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  await answer([{}, worker]);
  const finding = await checkCluster(client);
  expect(finding.state).toBe(state);
  expect(finding.says).toContain(says);
  expect(finding.advice).toBeTruthy();
});

test('clocks that differ by one second are not reported, nor is a machine that only waits', async () => {
  await createCitusStandIn(client, ['worker-1']);
  await client.query(
    `insert into citus.known select c.oid::regclass, 'distributed', 'account_id', 1, 8
     from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  await answer([{}, { clockMs: 1_001_000 }]);
  expect((await checkCluster(client)).state).toBe('ok');
  await client.query(`update citus.pg_dist_node set isactive = false where nodeid = 2`);
  expect((await checkCluster(client)).says).toContain('worker-1:5432 is not active');
});
