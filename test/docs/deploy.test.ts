import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { requireFresh } from '../support/built';
import { createEmptyDatabase, type TestDatabase } from '../support/desk/database';
import { createTestFolder } from '../support/folder';
import { clientId, TestIdentityProvider } from '../support/desk/identity-provider';
import { startMailServer, type MailServer } from '../support/desk/mail-server';
import { startProgram } from '../support/process';
import { root } from '../support/sources';
import { runVerb } from '../support/verb';

/*
 * The lines of docs/deploy.md, run as they stand there in production mode, with the values of this
 * machine in place of the example's: from an empty database to the first agent at the gate.
 */

let database: TestDatabase;
let mails: MailServer;
let provider: TestIdentityProvider;

beforeAll(async () => {
  database = await createEmptyDatabase();
  [mails, provider] = await Promise.all([startMailServer(), TestIdentityProvider.start()]);
});
afterAll(async () => {
  await Promise.all([mails.stop(), provider.stop()]);
  await database.drop();
});

const guide = readFileSync(path.join(root, 'docs/deploy.md'), 'utf8');

/** The code block of that language after a mark. */
function blockOf(language: string, mark = ''): string {
  const behind = guide.slice(guide.indexOf(mark));
  const found = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(behind)?.[1];
  if (!found) throw new Error(`docs/deploy.md has no ${language} block behind "${mark}".`);
  return found;
}

function linesHere(folder: string): string {
  const here: [example: string, value: string][] = [
    ['postgres://daypass:secret@db.example/daypass', `'${database.url}'`],
    ['smtp://mail.example', mails.url],
    ['https://login.example', provider.issuer],
    ['daypass-portal', clientId],
    ['prices.csv', path.join(folder, 'prices.csv')],
  ];
  const written = here.reduce(
    (text, [example, value]) => {
      expect(text).toContain(example);
      return text.replace(example, value);
    },
    blockOf('sh', '<!-- ten lines'),
  );
  // The packages and the build are there; npx would look for them at a registry.
  const [install] = /^npm ci .*$/m.exec(written)!;
  return `set -e\n${npx}\n${written.replace(install, '')}`;
}

/** The service replaces the shell, so that it gets the shell's signals. */
const npx = `npx() { shift; [ "$1" = start ] && exec node bin/daypass.js start; node bin/daypass.js "$@"; }`;

interface Answer {
  data: Record<string, never>;
  errors?: object[];
}

test('its ten lines lead from an empty database to the first agent at the gate; then passes are sold as docs/invoicing.md says', async () => {
  const folder = createTestFolder();
  writeFileSync(path.join(folder.path, 'prices.csv'), blockOf('csv'));
  const script = linesHere(folder.path);
  expect(script.split('\n').filter((line) => line.includes('npx daypass')).length).toBe(5);
  requireFresh('server');
  const program = startProgram('bash', ['-c', script], {
    PORT: '0',
    HOST: '127.0.0.1',
    // The provider of the test is on this machine.
    DAYPASS_PRIVATE_ISSUERS: 'true',
  });
  try {
    const url = await listeningAt(program);
    const ask = async (query: string, bearer?: string) => {
      const headers = {
        'content-type': 'application/json',
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      };
      const body = JSON.stringify({ query });
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      const answer = (await response.json()) as Answer;
      expect(answer.errors).toBeUndefined();
      return answer.data;
    };
    /** Follows the link of the mail, and signs in at the provider. */
    const comeIn = async (email: string): Promise<string> => {
      const { source } = await mails.mailTo(email);
      const [, token] = /https:\/\/desk\.example\/activate#([\w-]+)/.exec(source)!;
      const activation = `mutation { activateAgent(input: {activationToken: "${token}"}) { email } }`;
      expect(await ask(activation)).toEqual({ activateAgent: { email } });
      const bearer = await provider.forge({ sub: email, email, email_verified: true });
      return `kestrel~${bearer}`;
    };

    const admin = await comeIn('ana@kestrel.example');
    expect(
      await ask('{ dayPassWallet { balance } account { slug billing { mode } } }', admin),
    ).toEqual({
      dayPassWallet: { balance: 20 },
      account: { slug: 'kestrel', billing: { mode: 'UNBILLED' } },
    });
    await ask(
      `mutation { inviteAgent(input: {name: "Tomas", email: "tomas@kestrel.example",
        type: OCCASIONAL, timeZone: "Europe/Berlin"}) { userErrors { code } } }`,
      admin,
    );
    const agent = await comeIn('tomas@kestrel.example');
    expect(await ask('{ viewer { portalAccess { __typename } } }', agent)).toEqual({
      viewer: { portalAccess: { __typename: 'DayPassRequired' } },
    });
    await sell({ ask, admin, agent, folder: folder.path });
  } finally {
    program.child.kill('SIGTERM');
    await program.ended;
    folder.remove();
  }
});

const operate = async (...args: string[]): Promise<Record<string, unknown>> => {
  const environment = { DATABASE_URL: database.url, NODE_ENV: 'production' };
  const { code, output, errors } = await runVerb([...args, '--json'], environment);
  expect([code, errors]).toEqual([0, '']);
  return JSON.parse(output) as Record<string, unknown>;
};

/**
 * The operator sells on terms, the admin orders, the invoice arrives by mail as a PDF, the operator
 * records the transfer, an agent uses a pass, and the books are right.
 */
async function sell({
  ask,
  admin,
  agent,
  folder,
}: {
  ask: (query: string, bearer: string) => Promise<Record<string, unknown>>;
  admin: string;
  agent: string;
  folder: string;
}): Promise<void> {
  const tax = path.join(folder, 'tax.csv');
  writeFileSync(tax, 'country,category,rate\nDE,S,19.00\n');
  const owl = ['--name', 'Owl GmbH', '--address-line', 'Hauptstr. 1', '--city', 'Bonn'];
  await operate('seller', 'set', ...owl, '--country', 'DE', '--vat-id', 'DE123456789');
  await operate('tax', 'import', tax);
  await operate('account', 'update', '--slug', 'kestrel', '--billed', '--terms', '30');
  const buyer =
    '{name: "Kestrel IT GmbH", addressLines: ["Ostwall 5"], city: "Köln", country: "DE"}';
  const billing = `{billingEmail: "bills@kestrel.example", buyer: ${buyer}}`;
  await ask(`mutation { updateBilling(input: ${billing}) { userErrors { code } } }`, admin);
  const quoted = await ask('{ dayPassQuote(quantity: 10) { gross { amount } } }', admin);
  const { amount } = (quoted.dayPassQuote as { gross: { amount: string } }).gross;
  const order = `{quantity: 10, expectedGross: "${amount}", idempotencyKey: "first"}`;
  expect(
    await ask(
      `mutation { purchaseDayPasses(input: ${order}) { wallet { balance }
        order { payment outstanding { amount } } userErrors { code } } }`,
      admin,
    ),
  ).toEqual({
    purchaseDayPasses: {
      wallet: { balance: 30 },
      order: { payment: 'OPEN', outstanding: { amount } },
      userErrors: [],
    },
  });
  const { source } = await mails.mailTo('bills@kestrel.example');
  expect(source).toContain('application/pdf');
  const [number] = /INV-\d+-\d+-\d+/.exec(source)!;
  const transfer = ['--reference', 'SEPA 1', '--amount', amount, '--date', '2027-01-31'];
  expect(await operate('invoice', 'paid', number, ...transfer)).toMatchObject({
    status: 'CLOSED',
    outstanding: '0.00',
  });
  const gate = await ask(
    '{ viewer { portalAccess { ... on DayPassRequired { confirmation { token } } } } }',
    agent,
  );
  const { token } = (gate.viewer as { portalAccess: { confirmation: { token: string } } })
    .portalAccess.confirmation;
  expect(
    await ask(
      `mutation { consumeDayPass(input: {confirmationToken: "${token}"}) {
        consumption { wallet { balance } } userErrors { code } } }`,
      agent,
    ),
  ).toEqual({
    consumeDayPass: { consumption: { wallet: { balance: 29 } }, userErrors: [] },
  });
  await operate('verify');
}

/** The address of the service, from its log; fails with the script's output if it ends before. */
async function listeningAt(program: ReturnType<typeof startProgram>): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = /"url":"(http:[^"]+)"/.exec(program.errors());
      if (found) resolve(found[1]!);
    };
    program.child.stderr!.on('data', look);
    look();
    program.ended.then(() => reject(new Error(`${program.output()}\n${program.errors()}`)), reject);
  });
}
