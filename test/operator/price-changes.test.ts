import type { DayPassPriceRow } from '../../src/db/tables/day-pass-price';
import { planPriceChanges } from '../../src/operator/price-changes.rules';
import { readPriceFile } from '../../src/operator/price-file.rules';

const now = new Date('2027-03-01T12:00:00Z');
const header = 'plan,currency,minimum_quantity,unit_price,pack_size,valid_from,valid_to';

const row = (some: Partial<DayPassPriceRow> = {}): DayPassPriceRow => ({
  plan: 'pro',
  currency: 'EUR',
  minimumQuantity: 1,
  validFrom: new Date('2027-01-01T00:00:00Z'),
  validTo: null,
  packSize: 1,
  unitPriceMinor: 1_100,
  example: false,
  ...some,
});

const plan = (list: DayPassPriceRow[], ...lines: string[]) =>
  planPriceChanges(list, readPriceFile([header, ...lines].join('\n')), now);

const counts = ({ added, replaced, ended, removed, unchanged }: ReturnType<typeof plan>) => [
  added.length,
  replaced.length,
  ended.length,
  removed.length,
  unchanged,
];

test('a price that has begun is ended by the next one, and keeps its amount', () => {
  const changes = plan([row()], 'pro,EUR,1,12.50,,2027-04-01,');
  expect(counts(changes)).toEqual([1, 0, 1, 0, 0]);
  expect(changes.ended[0]).toMatchObject({
    unitPriceMinor: 1_100,
    validTo: new Date('2027-04-01T00:00:00Z'),
  });
  expect(changes.added[0]).toMatchObject({ unitPriceMinor: 1_250, packSize: 1, validTo: null });
});

test('without a beginning it applies from the import on, and the same file again changes nothing', () => {
  const { added } = plan([], 'pro,EUR,1,11.00,5,,', 'pro,EUR,50,9.90,5,,');
  expect(added.map(({ validFrom }) => validFrom)).toEqual([now, now]);
  const later = new Date(now.getTime() + 60_000);
  const list = added.map((price) => ({ ...price, example: false }));
  const file = readPriceFile([header, 'pro,EUR,1,11.00,5,,', 'pro,EUR,50,9.90,5,,'].join('\n'));
  expect(counts(planPriceChanges(list, file, later))).toEqual([0, 0, 0, 0, 2]);
});

test('prices of one file follow each other', () => {
  const changes = plan([row()], 'pro,EUR,1,13,,2027-06-01,', 'pro,EUR,1,12,,2027-04-01,');
  expect(counts(changes)).toEqual([2, 0, 1, 0, 0]);
  const spans = changes.added.map(({ validFrom, validTo }) =>
    [validFrom, validTo].map((at) => at?.toISOString().slice(0, 10) ?? null),
  );
  expect(spans).toEqual([
    ['2027-04-01', '2027-06-01'],
    ['2027-06-01', null],
  ]);
});

test('examples of the imported plans are removed, those of others stay', () => {
  const examples = [
    row({ example: true }),
    row({ example: true, currency: 'USD' }),
    row({ example: true, plan: 'growth' }),
  ];
  const changes = plan(examples, 'pro,EUR,1,12.50,,,');
  expect(changes.removed.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
});

test('a future price can be changed', () => {
  const coming = row({ validFrom: new Date('2027-04-01T00:00:00Z') });
  expect(counts(plan([coming], 'pro,EUR,1,12.50,,2027-04-01,'))).toEqual([0, 1, 0, 0, 0]);
});

test.each([
  ['a beginning that is past', [row()], 'pro,EUR,1,12.50,,2027-02-01,', /line 2: .*past/],
  ['a price that changes one that has begun', [row()], 'pro,EUR,1,12.50,,2027-01-01,', /past/],
  [
    'a price that runs into one of the list',
    [row({ validFrom: new Date('2027-05-01T00:00:00Z') })],
    'pro,EUR,1,12.50,,2027-04-01,2027-05-02',
    /overlaps/,
  ],
  ['two at one time', [], 'pro,EUR,1,1,,,\npro,EUR,1,2,,,', /lines 2 and 3 overlap/],
  [
    'two that overlap',
    [],
    'pro,EUR,1,1,,2027-04-01,2027-06-01\npro,EUR,1,2,,2027-05-01,',
    /lines 2 and 3 overlap/,
  ],
  ['an unknown currency', [], 'pro,XTS,1,1,,,', /XTS is not a currency/],
  ['a currency in small letters', [], 'pro,eur,1,1,,,', /eur is not a currency/],
  ['more digits than the currency has', [], 'pro,EUR,1,1.005,,,', /is not an amount of EUR/],
  ['yen with decimals', [], 'pro,JPY,1,1.50,,,', /is not an amount of JPY/],
  ['a comma in the amount', [], 'pro,EUR,1,"1,50",,,', /with a decimal point/],
  ['a negative amount', [], 'pro,EUR,1,-1,,,', /is not an amount/],
  ['an empty amount', [], 'pro,EUR,1,,,,', /is not an amount/],
  ['a quantity of nothing', [], 'pro,EUR,0,1,,,', /minimum_quantity/],
  ['a pack of nothing', [], 'pro,EUR,1,1,0,,', /pack_size/],
  ['an invalid day', [], 'pro,EUR,1,1,,2027-02-30,', /valid_from/],
  ['an instant without an offset', [], 'pro,EUR,1,1,,2027-04-01T00:00,', /valid_from/],
  ['an end before the beginning', [], 'pro,EUR,1,1,,2027-04-02,2027-04-01', /after valid_from/],
  ['an end that is past', [], 'pro,EUR,1,1,,,2027-02-01', /after valid_from/],
  ['an empty plan', [], ',EUR,1,1,,,', /plan must be/],
  ['a row that is too short', [], 'pro,EUR', /CSV/],
])('%s is refused', (_, list, line, says) => {
  expect(() => plan(list, line)).toThrow(says);
});

test.each([
  ['plan,currency,minimum_quantity', /unit_price is missing/],
  [`${header},colour`, /colour is unknown/],
  [`${header},plan`, /the column plan occurs twice/],
  ['', /no prices/],
  [header, /no prices/],
])('a file with the header %j is refused', (text, says) => {
  expect(() => readPriceFile(text)).toThrow(says);
});
