import { isVatId, plainVatId } from '../../src/core/vat-id';
import { setSeller, type GivenSeller } from '../../src/operator/set-seller';
import { importTax } from '../../src/operator/import-tax';
import { planTaxChanges, readTaxFile, type Tax } from '../../src/operator/tax-file.rules';
import { operatorActor } from '../../src/operator/operator';
import { createDataSource } from '../../src/db/data-source';
import { createTestDatabase, type TestDatabase } from '../support/desk/database';
import { runVerb } from '../support/verb';
import { createTestFolder } from '../support/folder';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DataSource } from 'typeorm';

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await createDataSource(database.url).initialize();
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const run = (...args: string[]) =>
  runVerb(args, { DATABASE_URL: database.url, NODE_ENV: 'production' });

async function answerOf(...args: string[]) {
  const { code, output, errors } = await run(...args, '--json');
  expect([code, errors]).toEqual([0, '']);
  return JSON.parse(output) as Record<string, never>;
}

const required = ['--name', 'Owl GmbH', '--address-line', 'Hauptstr. 1', '--city', 'Bonn'];
const germany = ['--postal-code', '53111', '--country', 'DE', '--vat-id', 'DE 123 456 789'];

test('the operator sets the seller once, changes one value and removes another', async () => {
  expect(await answerOf('seller', 'show')).toEqual({ seller: null });
  expect((await run('seller', 'show')).output).toContain('daypass seller set');
  expect((await run('seller', 'set', '--name', 'Owl')).errors).toMatch(/^--address-line: /);

  const registered = ['--tax-registration', 'FR=FR40303265045', '--payment-account', 'DE02 1203'];
  const set = await answerOf('seller', 'set', ...required, ...germany, ...registered);
  expect(set).toMatchObject({
    changed: true,
    seller: {
      name: 'Owl GmbH',
      addressLines: ['Hauptstr. 1'],
      postalCode: '53111',
      city: 'Bonn',
      region: null,
      country: 'DE',
      vatId: 'DE123456789',
      registrationId: null,
      electronicAddress: null,
      taxRegistrations: [{ country: 'FR', vatId: 'FR40303265045' }],
      invoicePrefix: 'INV',
      paymentAccount: 'DE02 1203',
      exemptionNote: null,
      setBy: expect.stringMatching(/^daypass, run by /),
    },
  });
  const again = await answerOf('seller', 'set', ...required, ...germany, ...registered);
  expect(again).toEqual({ ...set, changed: false });

  const changes = ['--invoice-prefix', 'OWL', '--payment-account', '', '--tax-registration', ''];
  const { seller } = await answerOf('seller', 'set', ...changes);
  expect(seller).toMatchObject({
    name: 'Owl GmbH',
    invoicePrefix: 'OWL',
    paymentAccount: null,
    taxRegistrations: [],
  });
  expect(await answerOf('seller', 'show')).toEqual({ seller });
  expect((await run('seller', 'show')).output).toContain(
    'Owl GmbH, Hauptstr. 1, 53111 Bonn DE\nVAT id: DE123456789\nInvoice prefix: OWL\nSet at ',
  );
  // A change adds a row, so that it can be found who set what.
  expect(await source.query('select invoice_prefix from sellers order by set_at, id')).toEqual([
    { invoice_prefix: 'INV' },
    { invoice_prefix: 'OWL' },
  ]);

  const refusals: [string[], string][] = [
    [[], 'Name at least one value'],
    [['--country', 'Germany'], '--country: '],
    [['--vat-id', 'DE12'], '--vat-id: '],
    [['--name', ' '], '--name: '],
    [['--city', 'x'.repeat(101)], '--city: '],
    [['--address-line', ''], '--address-line: '],
    [['--electronic-address', 'owl'], '--electronic-address: '],
    [['--invoice-prefix', 'owl-'], '--invoice-prefix: '],
    [['--payment-account', 'x'.repeat(501)], '--payment-account: '],
    [['--tax-registration', 'FR'], "'--tax-registration <country=vat-id>'"],
    [['--tax-registration', 'FR=12'], '--tax-registration: '],
    [['--tax-registration', 'Mars=FR40303265045'], '--tax-registration: '],
  ];
  for (const [args, says] of refusals) {
    const { code, errors, output } = await run('seller', 'set', ...args);
    expect([code, output]).toEqual([1, '']);
    expect(errors).toContain(says);
  }
  expect(await answerOf('seller', 'show')).toEqual({ seller });
});

const operator = {
  actor: operatorActor,
  origin: { door: 'cli', ip: null, userAgent: 'a test', requestId: 'r' },
} as const;

test('the same change of the seller at once is made once', async () => {
  const on = { source, attribution: operator };
  const given: GivenSeller = { name: 'Owl SE', addressLines: ['A'], city: 'Bonn', country: 'DE' };
  await setSeller(on, given);
  const both = await Promise.all([1, 2].map(() => setSeller(on, { registrationId: 'HRB 7' })));
  expect(both.map(({ changed }) => changed).sort()).toEqual([false, true]);
});

test('tax rates are imported from a file, completely or not at all', async () => {
  expect((await run('tax', 'list')).output).toContain('There are no tax rates');
  const folder = createTestFolder();
  const file = path.join(folder.path, 'tax.csv');
  writeFileSync(file, 'country,category,rate\nDE,S,19.00\nCH,S,8.1\nJP,Z,0\n');
  const dry = await answerOf('tax', 'import', file, '--dry-run');
  expect(dry).toMatchObject({ dryRun: true, added: [{ country: 'DE', rate: '19.00' }, {}, {}] });
  expect(await answerOf('tax', 'list')).toEqual({ rates: [] });

  const imported = await run('tax', 'import', file);
  expect(imported.output).toMatch(/^\+ DE: S 19\.00 %, from .*\n.*\n.*\n3 added, 0 replaced, /);
  expect(await answerOf('tax', 'import', file)).toMatchObject({ added: [], unchanged: 3 });

  writeFileSync(file, 'country,category,rate,valid_from\nDE,S,21,2999-01-01\nXX,S,1,\n');
  expect((await run('tax', 'import', file)).errors).toMatch(/^.*tax\.csv: line 3: XX is not/);
  writeFileSync(file, 'country,category,rate,valid_from\nDE,S,21,2999-01-01\n');
  const next = await run('tax', 'import', file);
  expect(next.output).toMatch(/^\| DE: S 19\.00 %.* until 2999-01-01T.*\n\+ DE: S 21\.00 %/);
  const { rates } = await answerOf('tax', 'list');
  expect(rates).toMatchObject([
    { country: 'CH', category: 'S', rate: '8.10' },
    { country: 'DE', rate: '19.00', validTo: '2999-01-01T00:00:00.000Z' },
    { country: 'DE', rate: '21.00', validTo: null },
    { country: 'JP', category: 'Z', rate: '0.00' },
  ]);
  folder.remove();
  expect((await run('tax', 'import', file)).errors).toContain('cannot be read');
});

test('the same file imported twice at once is written once', async () => {
  const on = { source, attribution: operator };
  const text = 'country,category,rate\nAT,S,20\n';
  const both = await Promise.all([1, 2].map(() => importTax(on, { text, dryRun: false })));
  expect(both.map(({ added }) => added.length).sort()).toEqual([0, 1]);
});

const now = new Date('2027-03-01T12:00:00Z');
const known: Tax = {
  country: 'DE',
  category: 'S',
  basisPoints: 1_900,
  validFrom: new Date('2027-01-01T00:00:00Z'),
  validTo: null,
};

test.each([
  ['DE,S,19,2027-02-01,', /valid_from .* is in the past/],
  ['DE,S,21,2027-01-01,', /is in the past/],
  ['DE,S,21,,2027-02-01', /valid_to must be after valid_from/],
  ['FR,S,20,2027-04-01,2027-04-01', /valid_to must be after valid_from/],
  ['FR,S,20,,\nFR,S,21,,', /lines 2 and 3 overlap/],
  ['FR,S,20,,\nFR,Z,0,,', /lines 2 and 3 overlap/],
  ['FR,S,20,2027-04-01,2027-06-01\nFR,S,21,2027-05-01,', /lines 2 and 3 overlap/],
  ['XX,S,20,,', /XX is not a country/],
  ['de,S,20,,', /de is not a country/],
  [',S,20,,', /an empty text is not a country/],
  ['FR,X,20,,', /X is not a category/],
  ['FR,AE,0,,', /AE has no rate/],
  ['FR,S,0,,', /above 0/],
  ['FR,Z,20,,', /must be 0/],
  ['FR,E,0.01,,', /must be 0/],
  ['FR,S,20%,,', /must be a percentage/],
  ['FR,S,"20,0",,', /must be a percentage/],
  ['FR,S,9.975,,', /must be a percentage/],
  ['FR,S,100.01,,', /must be a percentage/],
  ['FR,S,-1,,', /must be a percentage/],
  ['FR,S,,,', /must be a percentage/],
  ['FR,S,20,2027-02-30,', /valid_from must be a date/],
])('a file with %j is refused', (lines, says) => {
  const read = () => readTaxFile(`country,category,rate,valid_from,valid_to\n${lines}`);
  expect(() => planTaxChanges([known], read(), now)).toThrow(says);
});

test.each([
  ['DE', 'DE 123.456.789', true],
  ['DE', 'ATU12345678', true],
  ['DE', 'DE12345678', false],
  ['DE', '123456789', false],
  ['DE', 'NO123456789', false],
  ['GR', 'EL094259216', true],
  ['GR', 'GR094259216', false],
  ['FR', 'fr40303265045', true],
  ['NL', 'NL123456789B01', true],
  ['IE', 'IE6388047V', true],
  ['GB', 'GB 123 4567 89', true],
  ['GB', '123456789', false],
  ['CH', 'CHE-123.456.789 MWST', true],
  ['CH', 'DE123456789', false],
  ['NO', 'NO123456789MVA', true],
  ['AU', '51 824 753 556', true],
  ['IN', '27AAPFU0939F1ZV', true],
  ['US', 'x', false],
])('in %s, %j as a VAT id is accepted: %s', (country, vatId, isAccepted) => {
  expect(isVatId(plainVatId(vatId), country)).toBe(isAccepted);
});
