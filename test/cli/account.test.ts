import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../support/desk/database';
import { createTestFolder } from '../support/folder';
import { runVerb } from '../support/verb';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const run = (args: string[], url = database.url) =>
  runVerb(args, {
    DATABASE_URL: url,
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://desk.example',
  });

async function answerOf(...args: string[]) {
  const { code, output, errors } = await run([...args, '--json']);
  expect([code, errors]).toEqual([0, '']);
  return JSON.parse(output) as Record<string, never>;
}

const terms = ['--name', 'Kestrel IT', '--currency', 'EUR', '--zone', 'Berlin'];
const admin = ['--admin-name', 'Ana Alba', '--admin-email', 'Ana@Kestrel.example'];
const provider = ['--issuer', 'https://login.kestrel.example', '--client-id', 'portal'];
const create = (...more: string[]) => [
  'account',
  'create',
  ...['--slug', 'kestrel', '--plan', 'pro', ...terms, ...admin, ...more],
];

test('an operator sets prices, creates an account, grants, changes and closes it', async () => {
  const folder = createTestFolder();
  const file = path.join(folder.path, 'prices.csv');
  writeFileSync(file, 'plan,currency,minimum_quantity,unit_price\npro,EUR,1,11.00\n');
  const dry = await answerOf('prices', 'import', file, '--dry-run');
  expect(dry).toMatchObject({ dryRun: true, added: [{ plan: 'pro', unitPrice: '11.00' }] });
  const refused = await run(create());
  expect(refused.errors).toMatch(/^--plan: there is no plan pro/);
  const imported = await run(['prices', 'import', file]);
  expect(imported.output).toMatch(/^\+ pro, 1 or more: 11\.00 EUR each.*\n1 added, /);
  expect(await answerOf('prices', 'import', file)).toMatchObject({ added: [], unchanged: 1 });
  folder.remove();

  const made = await answerOf(...create('--billed', ...provider));
  expect(made).toMatchObject({
    created: true,
    account: {
      slug: 'kestrel',
      timeZone: 'Europe/Berlin',
      billing: { mode: 'BILLED', emergencyCeiling: 5 },
      identityProviders: ['https://login.kestrel.example'],
      balance: 0,
    },
    admin: { name: 'Ana Alba', email: 'ana@kestrel.example', status: 'INVITED' },
    invitation: {
      mailed: false,
      link: expect.stringMatching(/^https:\/\/desk\.example\/activate#/),
    },
  });
  // The slug is the key: the same again makes nothing, and gives the same link.
  expect(await answerOf(...create('--billed', ...provider))).toEqual({ ...made, created: false });
  // With a port that the system chooses, no address is invented.
  const unknown = { DATABASE_URL: database.url, NODE_ENV: 'production', PORT: '0' };
  const { output } = await runVerb(create('--billed', ...provider), unknown);
  expect(output).toMatch(/:\n\/activate#\S+\nWrite the address of the service before it/);

  const key = ['--idempotency-key', 'november'];
  const grant = ['passes', 'grant', '--account', 'kestrel', '--reason', 'Ordered', ...key];
  expect(await answerOf(...grant, '--quantity', '20')).toEqual({
    account: 'kestrel',
    balance: 20,
    replayed: false,
  });
  const again = await run([...grant, '--quantity', '20']);
  expect(again.output).toBe(
    'This grant was made before; nothing was added. The balance of kestrel is 20.\n',
  );

  const change = ['--unbilled', '--name', 'Kestrel', '--json'];
  const updated = await answerOf('account', 'update', '--slug', 'kestrel', ...change);
  expect(updated.account).toMatchObject({ name: 'Kestrel', billing: { mode: 'UNBILLED' } });
  const { account: closed } = await answerOf('account', 'close', '--slug', 'kestrel');
  expect(await answerOf('account', 'show', '--slug', 'kestrel')).toEqual({ account: closed });
  expect(await answerOf('account', 'list')).toEqual({ accounts: [closed] });

  for (const [more, says] of [
    [['--billed', '--name', 'Another'], '--name: the account kestrel exists already'],
    [['--unbilled', '--sandbox'], '--sandbox: the account kestrel exists already'],
  ] as const) {
    expect((await run([...create(), '--name', 'Kestrel', ...more])).errors).toContain(says);
  }
});

test.each([
  [['--slug', 'Kestrel IT'], '--slug: '],
  [['--slug', 'owl', '--name', ' '], '--name: '],
  [['--slug', 'owl', '--currency', 'EURO'], '--currency: '],
  [['--slug', 'owl', '--zone', 'Mars/Olympus'], '--zone: there is no time zone'],
  [['--slug', 'owl', '--admin-email', 'nobody'], '--admin-email: '],
  [['--slug', 'owl', '--admin-name', ''], '--admin-name: '],
  [['--slug', 'owl', '--issuer', 'http://login.example'], '--issuer: '],
  [['--slug', 'owl', '--client-id', 'portal'], '--client-id: '],
  [['--slug', 'owl', '--emergency-ceiling', '1001'], '--emergency-ceiling: '],
  [['--slug', 'owl', '--emergency-ceiling', 'many'], "'--emergency-ceiling <passes>'"],
  [['--slug', 'owl', '--billed', '--unbilled'], "'--billed'"],
])('account create %j is refused, and the flag is named', async (wrong, says) => {
  const { code, errors, output } = await run([...create(), ...wrong]);
  expect([code, output]).toEqual([1, '']);
  expect(errors).toContain(says);
});

test('the other verbs name the flag as well', async () => {
  const grant = ['passes', 'grant', '--account', 'kestrel', '--reason', 'x'];
  const cases: [string[], string][] = [
    [['account', 'show', '--slug', 'nobody'], '--slug: there is no account nobody'],
    [['account', 'close', '--slug', 'nobody'], '--slug: there is no account nobody'],
    [['account', 'update', '--slug', 'nobody', '--billed'], '--slug: there is no account nobody'],
    [[...grant, '--quantity', '0', '--idempotency-key', 'k'], '--'],
    [[...grant, '--quantity', '1'], '--idempotency-key'],
    [['prices', 'import', '/nowhere/prices.csv'], '/nowhere/prices.csv: cannot be read'],
  ];
  const answers = await Promise.all(cases.map(([args]) => run(args)));
  answers.forEach(({ code, errors }, at) => {
    expect(code).toBe(1);
    expect(errors).toContain(cases[at]![1]);
  });
});

test('on a database without tables it says what to do', async () => {
  const empty = await createEmptyDatabase();
  const { code, errors } = await run(['account', 'list'], empty.url);
  await empty.drop();
  expect(code).toBe(1);
  expect(errors).toContain('daypass migrate');
});
