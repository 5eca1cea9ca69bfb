import { Client } from 'pg';
import { v7 } from 'uuid';
import { createAccount } from '../../src/accounts/create-account';
import { createAgents } from '../../src/agents/create-agents';
import { checkJobs } from '../../src/cli/doctor-jobs';
import { checkOutbox } from '../../src/cli/doctor-outbox';
import { newId } from '../../src/core/ids';
import { TicketRow } from '../../src/db/tables/ticket';
import { createEmptyDatabase, createTestDatabase, openTestSource } from '../support/desk/database';
import { openTestSite } from '../support/desk/desk';
import { runVerb } from '../support/verb';

interface Report {
  ok: boolean;
  findings: { part: string; state: string; says: string; advice?: string }[];
}

async function examine(environment: Record<string, string>) {
  const { code, output, errors } = await runVerb(['doctor', '--json'], environment);
  expect(errors).toBe('');
  const { ok, findings } = JSON.parse(output) as Report;
  expect(code).toBe(ok ? 0 : 1);
  return { ok, part: (name: string) => findings.find(({ part }) => part === name), findings };
}

test('a service that could start is reported as well, part by part', async () => {
  const database = await createTestDatabase();
  const { ok, findings, part } = await examine({
    DATABASE_URL: database.url,
    DAYPASS_POOL_SIZE: '5',
    DAYPASS_POLL_SIZE: '6',
  });
  expect(ok).toBe(true);
  expect(findings.map((finding) => finding.part)).toEqual([
    'node',
    'time zones',
    'configuration',
    'disk',
    'database',
    'migrations',
    'durability',
    'clock',
    'connections',
    'history',
    'cluster',
    'collation',
    'agent zones',
    'addresses',
    'external ids',
    'jobs',
    'outbox',
    'followers',
    'webhooks',
  ]);
  const states = ['node', 'database', 'migrations', 'clock', 'connections'];
  expect(states.map((name) => part(name)?.state)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  expect(part('connections')?.says).toMatch(/one process needs 25: enough for \d+/);
  // The test server keeps nothing that a crash could lose.
  expect(part('durability')).toMatchObject({
    state: 'warning',
    says: expect.stringMatching(/^off: fsync/),
  });
  // Names, never values; a name that is nearly one of the service's is suggested.
  expect(part('configuration')).toMatchObject({
    state: 'warning',
    says: 'set: DATABASE_URL, DAYPASS_POOL_SIZE',
    advice: expect.stringContaining('DAYPASS_POLL_SIZE'),
  });
  expect(JSON.stringify(findings)).not.toContain(database.url);
  await database.drop();
});

test('jobs that no process begins are reported', async () => {
  const database = await createTestDatabase();
  const client = new Client(database.url);
  await client.connect();
  const add = (task: string, minutesAgo: number) =>
    client.query(
      `select graphile_worker.add_job($1, run_at => now() - interval '1 minute' * $2::int)`,
      [task, minutesAgo],
    );
  await add('send-invitation', 1);
  expect(await checkJobs(client)).toMatchObject({ part: 'jobs', state: 'ok' });
  await add('send-invitation', 20);
  await add('send-invitation', 30);
  expect(await checkJobs(client)).toMatchObject({
    state: 'warning',
    says: 'not begun for more than 10 minutes: send-invitation 2',
  });
  const source = await openTestSource(database.url);
  const accountId = await createAccount(source, {
    ...{ slug: 'outbox', name: 'Outbox', plan: 'none', currency: 'EUR', timeZone: 'UTC' },
    ...{ sandbox: false, createdAt: new Date() },
  });
  const store = (minutesAgo: number) =>
    client.query(
      `insert into job_outbox (account_id, id, task, payload) values ($1, $2, 'one', '{}')`,
      [accountId, v7({ msecs: Date.now() - minutesAgo * 60_000 })],
    );
  await store(1);
  expect(await checkOutbox(client)).toMatchObject({ part: 'outbox', state: 'ok' });
  await store(20);
  expect(await checkOutbox(client)).toMatchObject({
    state: 'warning',
    says: `not queued for more than 10 minutes, by account: ${accountId} 2`,
  });
  await client.query('update job_outbox set set_aside_at = now() where account_id = $1', [
    accountId,
  ]);
  expect(await checkOutbox(client)).toMatchObject({
    state: 'warning',
    says: expect.stringMatching(/^set aside, because .*: one [\w-]+ of /),
  });
  await source.destroy();
  await client.end();
  await database.drop();
});

test('agents whose address is not exactly one mailbox are listed', async () => {
  const site = await openTestSite();
  const desk = await site.openDesk();
  await desk.addAgents([
    { email: 'semi.colon@sandbox.example;' },
    { email: 'kunde@xn--mller-kva.example' },
    { email: "o'brien.of.the.desk@a.b.c.d.example" },
    { email: 'two@a.example,b.example' },
  ]);
  const { part } = await examine({ DATABASE_URL: site.service.databaseUrl });
  expect(part('addresses')).toMatchObject({
    state: 'warning',
    says: `not exactly one mailbox: ${desk.slug}: semi.colon@sandbox.example;, ${desk.slug}: two@a.example,b.example`,
    advice: expect.stringContaining('updateAgent'),
  });
  await site.close();
});

test('migrations that are pending are named, and none is run', async () => {
  const database = await createEmptyDatabase();
  for (let run = 0; run < 2; run += 1) {
    const { ok, part } = await examine({ DATABASE_URL: database.url });
    expect(ok).toBe(true);
    expect(part('migrations')).toMatchObject({
      state: 'warning',
      says: expect.stringMatching(/^pending: Accounts\d+, /),
      advice: expect.stringContaining('daypass migrate'),
    });
  }
  await database.drop();
});

test('a budget of connections that does not last is broken', async () => {
  const database = await createTestDatabase();
  const { ok, part } = await examine({ DATABASE_URL: database.url, DAYPASS_POOL_SIZE: '1000' });
  expect(ok).toBe(false);
  expect(part('connections')).toMatchObject({
    state: 'broken',
    says: expect.stringContaining('enough for 0'),
    advice: expect.stringContaining('DAYPASS_POOL_SIZE'),
  });
  await database.drop();
});

test('a database that cannot be reached is broken, and its password stays secret', async () => {
  const url = 'postgres://daypass:hunter2@127.0.0.1:1/daypass';
  const { ok, part, findings } = await examine({ DATABASE_URL: url });
  expect(ok).toBe(false);
  expect(part('database')).toMatchObject({
    state: 'broken',
    says: expect.stringContaining('ECONNREFUSED'),
    advice: expect.stringContaining('DATABASE_URL'),
  });
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('a malformed variable is broken, and the message says what to do', async () => {
  const { code, output } = await runVerb(['doctor'], { PORT: 'http' });
  expect(code).toBe(1);
  expect(output).toMatch(/^BROKEN {3}configuration: .*\n {2}PORT: /m);
  expect(output).toMatch(/→ Correct or remove these environment variables/);
  expect(output).toMatch(/Something is broken\.\n$/);
});

test('agents whose stored zone came from a Rails name with another meaning are listed', async () => {
  const database = await createTestDatabase();
  const source = await openTestSource(database.url, 1);
  const createdAt = new Date('2026-03-02T09:00:00Z');
  const open = (slug: string, timeZone: string) =>
    createAccount(source, {
      slug,
      name: slug,
      plan: 'pro',
      currency: 'EUR',
      timeZone,
      sandbox: false,
      createdAt,
    });
  const agent = (name: string, timeZone: string) => ({
    name,
    email: `${name}@desk.example`,
    type: 'OCCASIONAL' as const,
    role: 'AGENT' as const,
    status: 'ACTIVE' as const,
    timeZone,
    sections: [],
    createdAt,
  });
  const [desk, dhaka] = [await open('desk', 'Europe/Berlin'), await open('dhaka', 'Asia/Dhaka')];
  const [astana, west] = await createAgents(source, desk, [
    agent('astana', 'Asia/Dhaka'),
    agent('west', 'Pacific/Midway'),
    agent('almaty', 'Asia/Almaty'),
  ]);
  await createAgents(source, dhaka, [agent('local', 'Asia/Dhaka')]);
  await source.destroy();

  const twins = await twinTickets(database.url, desk);
  const { ok, part } = await examine({ DATABASE_URL: database.url });
  expect(ok).toBe(true);
  // Rows that one id of the service desk names twice are named too.
  expect(part('external ids')).toMatchObject({
    state: 'warning',
    says: `these differ only by blanks or Unicode composition: desk tickets ${twins.join(' and ')}`,
  });
  const { state, says } = part('agent zones')!;
  expect(state).toBe('warning');
  expect(says.split(': ')[1]!.split(', ').sort()).toEqual(
    [`desk ${astana} (Asia/Dhaka)`, `desk ${west} (Pacific/Midway)`].sort(),
  );
  await database.drop();
});

/** Two tickets that an earlier release took for two, and one that is alone. */
async function twinTickets(url: string, accountId: string): Promise<string[]> {
  const source = await openTestSource(url, 1);
  const rows = ['4711', ' 4711', '4712 '].map((externalId, at) => ({
    accountId,
    id: newId(),
    number: at + 1,
    subject: 'Any',
    description: '',
    status: 'OPEN' as const,
    priority: 'LOW' as const,
    clientId: null,
    requesterName: 'Rita',
    requesterEmail: '',
    assigneeId: null,
    externalId,
    revision: 1,
    createdAt: new Date('2026-03-02T09:00:00Z'),
    updatedAt: new Date('2026-03-02T09:00:00Z'),
  }));
  await source.getRepository(TicketRow).insert(rows);
  await source.destroy();
  return rows
    .slice(0, 2)
    .map(({ id }) => id)
    .sort();
}
