import { apiAddress } from '../support/browser/api-address';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { eventually, type Desk, type Person } from '../support/desk/desk';
import { OrderPassesDocument } from '../generated/operations';
import { act } from '../support/desk/streams';
import { complaintsOfAxe, openPagesSite, type PagesSite } from '../support/browser/pages';
import { longTest } from '../support/size';

let at: PagesSite;

beforeAll(async () => {
  at = await openPagesSite();
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

/** Prices in cents, by the quantity from which they apply. */
async function setPrices(desk: Desk, prices: Record<number, number>): Promise<void> {
  for (const [quantity, cents] of Object.entries(prices)) {
    await desk.sql(
      `insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, valid_from,
         example)
       select plan, currency, $2, $3, now() - interval '1 day', false from accounts where id = $1`,
      [quantity, cents],
    );
  }
}

async function openDesk(options: Parameters<PagesSite['site']['openDesk']>[0] = {}) {
  const desk = await at.site.openDesk({ agents: 0, passes: 3, ...options });
  await setPrices(desk, { 1: 1200, 50: 1080, 200: 960 });
  return desk;
}

const openBuy = async (person: Person, window?: Parameters<PagesSite['openWindow']>[0]) =>
  at.openAs(await at.openWindow(window), person, '/admin/buy');

const field = (page: Page) => page.getByLabel('Number of day passes');
const total = (page: Page) => page.getByRole('status', { name: 'Total before tax' });
const confirm = (page: Page) => page.getByRole('dialog').getByRole('button', { name: /^Buy for/ });
const said = (page: Page, text: string | RegExp) =>
  page.getByRole('status').getByText(text).waitFor();

async function ask(page: Page, quantity: number): Promise<void> {
  await field(page).fill(String(quantity));
  await page.getByRole('button', { name: /^Buy .* day pass(es)? …$/ }).click();
  await confirm(page).waitFor();
}

const purchases = async (desk: Desk) =>
  (await desk.kinds()).filter((kind) => kind === 'DayPassesPurchased').length;

/** Lets the first purchase reach the service and loses its answer: until the page is gone, or at once. */
async function loseTheAnswer(page: Page, how: 'HANG' | 'ABORT') {
  let reached = () => {};
  const hasReached = new Promise<void>((resolve) => (reached = resolve));
  let isFirst = true;
  await page.route(apiAddress, async (route) => {
    const isPurchase = route.request().postData()?.includes('mutation BuyDayPasses');
    if (!isPurchase || !isFirst) return route.continue();
    isFirst = false;
    await route.fetch();
    reached();
    if (how === 'ABORT') await route.abort();
  });
  return { hasReached };
}

test('buying repeats count, price and total first, then moves the balance here and elsewhere; a double click buys once', async () => {
  const desk = await openDesk();
  const page = await openBuy(desk.admin);
  const other = await at.openAs(page.context(), desk.admin, '/admin/buy');
  await page.getByRole('button', { name: '25', exact: true }).click();
  await eventually(async () => expect(await total(page).innerText()).toContain('USD 300.00'));
  await page.getByText('Balance after').locator('..').getByText('28').waitFor();
  await page.getByRole('button', { name: 'Buy 25 day passes …' }).click();
  const words = await page.getByRole('dialog').innerText();
  expect(words).toMatch(/Day passes\s+25\s+Per pass\s+USD 12\.00\s+Total before tax\s+USD 300\.00/);
  expect(await desk.balance()).toBe(3);
  await confirm(page).dblclick();
  await said(page, 'You bought 25 day passes for USD 300.00.');
  await said(page, /The balance is 28\./);
  await other.getByText('Balance now').locator('..').getByText('28').waitFor();
  expect(await desk.balance()).toBe(28);
  await page.getByRole('row').filter({ hasText: 'USD 300.00' }).waitFor();
  await page.getByRole('link', { name: 'View in the ledger' }).click();
  await page.getByRole('cell', { name: 'Bought' }).waitFor();
  expect(await purchases(desk)).toBe(1);
  await desk.expectBooksToClose();
});

longTest('a reload in the middle buys once, and reports it', async () => {
  const desk = await openDesk();
  const page = await openBuy(desk.admin);
  await ask(page, 5);
  const { hasReached } = await loseTheAnswer(page, 'HANG');
  await confirm(page).click();
  await hasReached;
  await page.reload();
  await said(page, 'You bought 5 day passes for USD 60.00.');
  expect(await purchases(desk)).toBe(1);
  // Told once: the next reload has nothing left to finish.
  await page.reload();
  await field(page).waitFor();
  expect(await page.getByText('You bought').count()).toBe(0);
  expect(await desk.balance()).toBe(8);
});

test('if the answer is lost, trying again buys once', async () => {
  const desk = await openDesk();
  const page = await openBuy(desk.admin);
  await ask(page, 5);
  await loseTheAnswer(page, 'ABORT');
  await confirm(page).click();
  await page.getByRole('dialog').getByText('No answer came.').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  // Nothing else can be bought before the result is known.
  await page.getByText('No answer came').waitFor();
  expect(await field(page).isDisabled()).toBe(true);
  const focused = page.locator('button:focus');
  await eventually(async () => expect(await focused.allInnerTexts()).toEqual(['Try again']));
  await page.getByRole('button', { name: 'Try again' }).click();
  await said(page, 'You bought 5 day passes for USD 60.00.');
  expect(await purchases(desk)).toBe(1);
  expect(await desk.balance()).toBe(8);
});

longTest(
  'the price is that of the quantity, with its tier marked; a count out of range is reported at its field and sends nothing',
  async () => {
    const desk = await openDesk();
    const page = await openBuy(desk.admin);
    const marked = page.locator('tr[aria-current=true]');
    for (const [quantity, tier, sum] of [
      [49, '1 to 49', 'USD 588.00'],
      [50, '50 to 199', 'USD 540.00'],
      [1000, 'From 200', 'USD 9,600.00'],
    ] as const) {
      await field(page).fill(String(quantity));
      await eventually(async () => expect(await total(page).innerText()).toContain(sum));
      expect(await marked.innerText()).toContain(tier);
    }

    for (const count of ['0', '-3', '1.5', '1000001']) {
      await field(page).fill(count);
      await page.getByText('Enter a whole number from 1 to 1,000,000.').waitFor();
      await page.getByRole('button', { name: 'Buy day passes', exact: true }).click();
      expect(await field(page).getAttribute('aria-invalid')).toBe('true');
      expect(await field(page).evaluate((input) => input.matches(':focus'))).toBe(true);
      expect(await page.getByRole('dialog').count()).toBe(0);
    }
    // As many as may be bought at once, and yet too many for the wallet.
    await desk.sql('update wallets set balance = 999999999 where account_id = $1');
    await ask(page, 2);
    await confirm(page).click();
    await page.getByText('a wallet holds at most 1,000,000,000 passes').waitFor();
    expect(await purchases(desk)).toBe(0);
  },
);

longTest('a price that has changed is shown, and bought at only after a confirmation', async () => {
  const desk = await openDesk();
  const page = await openBuy(desk.admin);
  await ask(page, 10);
  await desk.sql(
    `update day_pass_prices set unit_price_minor = 1500 where minimum_quantity = 1
     and plan = (select plan from accounts where id = $1)`,
  );
  await confirm(page).click();
  await page
    .getByText('The price has changed: it is now USD 15.00 per pass, it was USD 12.00.')
    .waitFor();
  expect(await purchases(desk)).toBe(0);
  await page.getByRole('button', { name: 'Buy for USD 150.00' }).click();
  await said(page, 'You bought 10 day passes for USD 150.00.');
});

longTest('an occasional admin without a pass buys, and sees what was bought', async () => {
  const desk = await openDesk({ passes: 0 });
  const [admin] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
  // The name of another admin needs a day pass; the list does not.
  await act(desk, OrderPassesDocument, { input: { quantity: 1, idempotencyKey: 'other' } });
  const page = await openBuy(admin!);
  await page.getByRole('cell', { name: 'USD 12.00' }).first().waitFor();
  await ask(page, 5);
  expect(await page.locator('day-pass-gate').count()).toBe(0);
  await confirm(page).click();
  await said(page, /The balance is 6\./);
  await page.getByRole('cell', { name: 'USD 60.00' }).waitFor();
  expect(await page.locator('day-pass-gate').count()).toBe(0);
  expect(await desk.balance()).toBe(6);
});

longTest('without a price, and for agents who are not admins, the page explains it', async () => {
  const desk = await at.site.openDesk();
  const page = await openBuy(desk.admin);
  await page.getByText('There is no price for your plan').waitFor();
  await page.getByText('No purchases yet').waitFor();
  const agent = await openBuy(desk.agent);
  await agent.getByRole('heading', { name: 'Only admins can see these pages' }).waitFor();
});

longTest('with the keyboard only, and the focus returns', async () => {
  const desk = await openDesk();
  const page = await openBuy(desk.admin);
  await field(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await confirm(page).waitFor();
  const isIn = () => page.evaluate(`!!document.activeElement.closest('[role=dialog]')`);
  await eventually(async () => expect(await isIn()).toBe(true));
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await eventually(async () =>
    expect(await field(page).evaluate((input) => input.matches(':focus'))).toBe(true),
  );
  await page.keyboard.press('Enter');
  await confirm(page).focus();
  await page.keyboard.press('Enter');
  await said(page, /The balance is 10\./);
});

longTest(
  'on a phone nothing is wider than the screen; axe finds nothing, in light and in dark',
  async () => {
    const desk = await openDesk();
    const page = await openBuy(desk.admin, { viewport: { width: 375, height: 800 } });
    await page.getByText(/No purchases yet|USD 648.00/).waitFor();
    await eventually(async () => expect(await complaintsOfAxe(page)).toEqual([]));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    await ask(page, 60);
    await eventually(async () => expect(await complaintsOfAxe(page)).toEqual([]));
    await confirm(page).click();
    await said(page, /bought/);
    await eventually(async () => expect(await complaintsOfAxe(page)).toEqual([]));
  },
);

longTest('it says that a larger quantity costs less; a billed account sees the tax', async () => {
  const desk = await openDesk();
  const page = await openBuy(desk.admin);
  await field(page).fill('49');
  await said(page, '50 cost USD 48.00 less than 49.');
  await page.getByRole('button', { name: '200', exact: true }).click();
  await eventually(async () => expect(await total(page).innerText()).toContain('USD 1,920.00'));

  await desk.sql(`update accounts set billing_mode = 'BILLED' where id = $1`);
  await page.reload();
  await page.getByText('Your provider adds day passes').waitFor();
  await field(page).waitFor();
  expect(await page.getByRole('button', { name: /^Buy \d/ }).count()).toBe(0);
  await page.getByText('No purchases yet').waitFor();
  await page.getByText('Tax is not included.').waitFor();
  await page.getByRole('link', { name: 'invoice address' }).waitFor();
  await enterTaxData(desk);
  await page.reload();
  await field(page).fill('49');
  const lines = page.getByRole('group', { name: 'Total with tax' });
  await eventually(async () =>
    expect(await lines.innerText()).toMatch(
      /^Tax 19\.00 %\s+USD 111\.72\s+Total with tax\s+USD 699\.72/,
    ),
  );
  // The total before tax is above these lines.
  expect(await page.getByText('before tax', { exact: true }).count()).toBe(1);
  await page.getByText('Sold by Owl GmbH.').waitFor();
  await said(page, '50 cost USD 48.00 less than 49.');

  // A new price begins while the page is open: both totals follow, and 50 is no whole number of packs.
  await desk.sql(
    `update day_pass_prices set unit_price_minor = 1300
     where minimum_quantity = 1 and plan = (select plan from accounts where id = $1)`,
  );
  await desk.sql(
    `update day_pass_prices set pack_size = 20
     where minimum_quantity = 50 and plan = (select plan from accounts where id = $1)`,
  );
  await field(page).fill('48');
  await eventually(async () => expect(await total(page).innerText()).toContain('USD 624.00'));
  await eventually(async () => expect(await lines.innerText()).toMatch(/with tax\s+USD 742\.56/));
  await eventually(async () => expect(await page.getByText(/^50 cost/).count()).toBe(0));
  expect(await page.getByRole('button', { name: /^Buy / }).count()).toBe(0);
  await eventually(async () => expect(await complaintsOfAxe(page)).toEqual([]));
});

/** The address of the buyer, the seller, and the tax between them. */
async function enterTaxData(desk: Desk): Promise<void> {
  const party = (name: string) =>
    JSON.stringify({ name, addressLines: ['1'], city: 'Bonn', country: 'DE', vatId: null });
  await desk.sql(`insert into billing (account_id, buyer) values ($1, $2)`, [party('Kestrel')]);
  await desk.sql(
    `insert into sellers (id, party, invoice_prefix, set_at, set_by)
     values ($1, $2, 'OWL', now(), 'a test')`,
    [party('Owl GmbH')],
  );
  await desk.site.source.query(
    `insert into tax_rates (country, valid_from, category, basis_points, changed_at, changed_by)
     values ('DE', now() - interval '1 day', 'S', 1900, now(), 'a test')`,
  );
}

longTest('an admin of a billed account buys on terms, and finds what was ordered', async () => {
  // Ten cost USD 154.70 with tax.
  const desk = await at.site.openDesk({ agents: 0, passes: 3 });
  await setPrices(desk, { 1: 1300 });
  await enterTaxData(desk);
  await desk.sql(`update accounts set billing_mode = 'BILLED', terms_days = 30 where id = $1`);
  const page = await openBuy(desk.admin);
  await page.getByLabel('Your purchase order').fill('=1+1');
  await lineOf(page, 'USD 154.70');
  await page.getByText(/^The invoice is due on /).waitFor();
  await page.getByRole('button', { name: 'Buy 10 day passes …' }).click();
  expect(await page.getByRole('dialog').innerText()).toMatch(/Your purchase order\s+=1\+1/);
  await page.getByRole('button', { name: 'Buy for USD 154.70' }).click();
  await said(page, 'You bought 10 day passes for USD 154.70.');
  await said(page, /The balance is 13\./);

  // The operator wants the money first.
  await desk.sql('update accounts set credit_first = false where id = $1');
  await page.reload();
  await lineOf(page, 'USD 154.70');
  await page.getByRole('button', { name: 'Buy 10 day passes …' }).click();
  await page.getByText('The passes come when the order is paid.').waitFor();
  await page.getByRole('button', { name: 'Buy for USD 154.70' }).click();
  await said(page, 'We have your order. The passes come when the payment of USD 154.70 does.');
  expect(await desk.balance()).toBe(13);
  await page.getByRole('link', { name: /^Order O-/ }).click();
  await page.getByText('Waits for payment').waitFor();
  await page.getByText('The invoice is issued when the passes come.').waitFor();
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByText('The order is canceled.').waitFor();
  await page.getByText('Canceled').first().waitFor();

  await page.getByRole('link', { name: 'All orders and invoices' }).click();
  await page.getByText('USD 154.70 still to be paid').waitFor();
  const rows = page.getByRole('row').filter({ hasText: 'USD 154.70' });
  await eventually(async () => expect(await rows.allInnerTexts()).toHaveLength(2));
  await rows.filter({ hasText: 'Canceled' }).waitFor();
  await eventually(async () => expect(await complaintsOfAxe(page)).toEqual([]));
  await page.getByRole('switch', { name: 'Only what is still to be paid' }).click();
  await eventually(async () => expect(await rows.count()).toBe(1));
  // The files have the orders of the list, and no formula; a reload shows the same list.
  for (const [name, file] of [
    ['Orders as CSV', 'orders'],
    ['Invoices as CSV', 'invoices'],
  ] as const) {
    const exported = page.waitForEvent('download');
    await page.getByRole('button', { name, exact: true }).click();
    const csv = await exported;
    expect(csv.suggestedFilename()).toMatch(new RegExp(`^${file}-${desk.slug}-.*\\.csv$`));
    const lines = (await readFile(await csv.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`"'=1+1"`);
    expect(lines[1]).toContain('154.70');
  }
  await page.reload();
  await eventually(async () => expect(await rows.count()).toBe(1));
  const download = page.waitForEvent('download');
  await rows.getByRole('button', { name: /^PDF of TEST-OWL-/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^TEST-OWL-.*\.pdf$/);
  await rows.getByRole('link').click();
  await page.getByText('=1+1').waitFor();
  // What happened to it, the oldest first.
  const life = page.getByText(/^(Ordered by|Passes came into the wallet)/);
  await eventually(async () =>
    expect((await life.allInnerTexts()).map((text) => text.split(' ')[0])).toEqual([
      'Ordered',
      'Passes',
    ]),
  );
  await page.getByText('No payment has been recorded yet.').waitFor();
  await eventually(async () => expect(await complaintsOfAxe(page)).toEqual([]));
});

/** Waits until the lines of the quote say this. */
const lineOf = (page: Page, text: string) =>
  page.getByRole('group', { name: 'Total with tax' }).getByText(text).waitFor();
