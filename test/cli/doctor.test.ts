import { createEmptyDatabase, createTestDatabase } from '../support/database';
import { runDaypass } from '../support/process';

interface Report {
  ok: boolean;
  findings: { part: string; state: string; says: string; advice?: string }[];
}

async function examine(environment: Record<string, string>) {
  const { code, output, errors } = await runDaypass(['doctor', '--json'], environment);
  expect(errors).toBe('');
  const { ok, findings } = JSON.parse(output) as Report;
  expect(code).toBe(ok ? 0 : 1);
  return { ok, part: (name: string) => findings.find(({ part }) => part === name), findings };
}

test('a service that could start is told so, part by part', async () => {
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
  ]);
  const states = ['node', 'database', 'migrations', 'clock', 'connections'];
  expect(states.map((name) => part(name)?.state)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  expect(part('connections')?.says).toMatch(/a process takes 19: enough for \d+/);
  // The test server runs without fsync.
  expect(part('durability')).toMatchObject({ state: 'warning', says: 'off: fsync' });
  // Names, never values; and a name that is nearly one of ours is pointed out.
  expect(part('configuration')).toMatchObject({
    state: 'warning',
    says: 'set: DATABASE_URL, DAYPASS_POOL_SIZE',
    advice: expect.stringContaining('DAYPASS_POLL_SIZE'),
  });
  expect(JSON.stringify(findings)).not.toContain(database.url);
  await database.drop();
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

test('a database that is not there is broken, and its password stays secret', async () => {
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

test('a malformed variable is broken, and people are told what to do', async () => {
  const { code, output } = await runDaypass(['doctor'], { PORT: 'http' });
  expect(code).toBe(1);
  expect(output).toMatch(/^BROKEN {3}configuration: .*\n {2}PORT: /m);
  expect(output).toMatch(/→ Correct these variables/);
  expect(output).toMatch(/Something is broken\.\n$/);
});
