import { PricesDocument } from '../generated/operations';
import { dataOf, openTestSite, type TestSite } from '../support/desk/desk';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

test('prices are those of the account’s plan and currency, valid now and later', async () => {
  const desk = await site.openDesk();
  const [account] = await desk.sql<{ plan: string }>('select plan from accounts where id = $1');
  await site.source.query(
    `insert into day_pass_prices
       (plan, currency, minimum_quantity, valid_from, valid_to, unit_price_minor, example)
     values ($1, 'USD', 1, '2020-01-01', '2021-01-01', 100, false),
       ($1, 'USD', 1, '2021-01-01', null, 200, false), ($1, 'USD', 10, '2021-01-01', null, 150, false),
       ($1, 'USD', 1, '2099-01-01', null, 300, false), ($1, 'EUR', 1, '2021-01-01', null, 400, false)`,
    [account!.plan],
  );
  const answer = await site.service.request(PricesDocument, { token: await desk.bearer(null) });
  const prices = dataOf(answer).dayPassPrices!;
  expect(prices.map((price) => [price.unitPrice.amount, price.minimumQuantity])).toEqual([
    ['2.00', 1],
    ['1.50', 10],
    ['3.00', 1],
  ]);
});

test('examples ship, marked as such, and only into an empty list', async () => {
  const examples = await site.source.query(
    'select distinct plan, currency from day_pass_prices where example order by 1, 2',
  );
  expect(examples).toHaveLength(9);
  const [usd]: { least: number; most: number }[] = await site.source.query(
    `select min(unit_price_minor) as least, max(unit_price_minor) as most
     from day_pass_prices where example and currency = 'USD'`,
  );
  expect(usd).toEqual({ least: 300, most: 1800 });
});
