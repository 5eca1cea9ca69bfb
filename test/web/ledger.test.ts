import { readFile } from 'node:fs/promises';
import { apiAddress } from '../support/browser/api-address';
import type { Page } from 'playwright-core';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { dateAfter } from '../../src/web/format/calendar';
import { BuyDocument, ConsumptionsDocument, TakeBackDocument } from '../generated/operations';
import { addClients, addTickets } from '../support/desk/catalogue';
import { eventually, type Desk, type Person } from '../support/desk/desk';
import { agentsIn, inOrder, listedNames, rowsOf } from '../support/browser/ledger-page';
import { unreachedByKeyboard } from '../support/browser/keyboard';
import { complaintsOfAxe, goWithin, openPagesSite, type PagesSite } from '../support/browser/pages';
import { act, agentNode, advanceTo } from '../support/desk/streams';
import { longTest } from '../support/size';

let at: PagesSite;
beforeAll(async () => {
  at = await openPagesSite();
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const openLedger = async (person: Person, search = '') =>
  at.openAs(await at.openWindow(), person, `/admin/ledger${search}`);

/** Two who came in by tickets of clients, one through the portal, each with a name and a zone. */
async function openDesk() {
  const desk = await at.site.openDesk({ agents: 0, passes: 20 });
  await addClients(desk, 'acme', 'zenith');
  await addTickets(desk, 2, (at) => ({ clientExternalId: at === 0 ? 'acme' : 'zenith' }));
  const zones = ['Asia/Tokyo', 'Europe/Berlin', 'America/Santiago'];
  const named = ['Aiko', 'Berta', 'Carlos'];
  desk.agents = await desk.addAgents(named.map((name, at) => ({ name, timeZone: zones[at] })));
  for (const [at, agent] of desk.agents.entries()) {
    const ticket = at < 2 ? { ticketExternalId: `T${at + 1}` } : {};
    await desk.proceed(agent, await desk.tokenFor(agent, ticket));
    await desk.moveClock(60_000);
  }
  return desk;
}

test('filters and the order agree with the API, and a reload shows the same', async () => {
  const desk = await openDesk();
  const page = await openLedger(desk.admin);
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  await page.getByLabel('Source').selectOption('Ticket');
  await inOrder(page, ['Berta', 'Aiko']);
  await page.getByRole('combobox', { name: 'Client' }).fill('zen');
  await page.getByRole('option', { name: 'Client zenith' }).click();
  await inOrder(page, ['Berta']);
  await page.reload();
  await inOrder(page, ['Berta']);
  await page.getByRole('combobox', { name: 'Agent' }).click();
  await page.getByRole('option', { name: 'Aiko' }).click();
  await page.getByText('No consumptions match').waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  await page.getByLabel('Status').selectOption('Reversed');
  await page.getByText('No consumptions match').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  // The account's own dates; both ends are included.
  const { dayPassConsumptions } = await act(desk, ConsumptionsDocument, {});
  const dates = dayPassConsumptions!.edges.map(({ node }) => node.startsAt.slice(0, 10));
  await page.getByLabel('From').fill(dateAfter(dates[0]!)!);
  await page.getByText('No consumptions match').waitFor();
  await page.getByLabel('To').fill(dates[0]!);
  await page.getByLabel('From').fill(dates.at(-1)!);
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);

  // By when a pass ends, both ways.
  const names = new Map(
    desk.agents.map((agent, at) => [agentNode(agent), ['Aiko', 'Berta', 'Carlos'][at]!]),
  );
  for (const direction of ['ASC', 'DESC'] as const) {
    await page.getByRole('button', { name: 'Until' }).click();
    const orderBy = { field: 'EXPIRES_AT' as const, direction };
    await inOrder(page, await listedNames(desk, names, { orderBy }));
  }
  await page.reload();
  await page.locator('th[aria-sort=descending]', { hasText: 'Until' }).waitFor();
});

longTest('new rows are announced and move no row until one wants to see them', async () => {
  const desk = await openDesk();
  const [dora] = await desk.addAgents([{ name: 'Dora' }]);
  const page = await openLedger(desk.admin);
  const movements = await openLedger(desk.admin, '?view=movements');
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  await movements.getByRole('cell', { name: 'Consumed' }).first().waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await movements.getByText('Live', { exact: true }).waitFor();
  await desk.enter(dora!);
  await desk.add(1);
  await page.getByText('1 new entry:').waitFor();
  await movements.getByText('2 new entries:').waitFor();
  expect(await agentsIn(page)).toEqual(['Carlos', 'Berta', 'Aiko']);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await inOrder(page, ['Dora', 'Carlos', 'Berta', 'Aiko']);
  expect(await page.getByText('new entry').count()).toBe(0);
  await movements.getByRole('button', { name: 'Show', exact: true }).click();
  await rowsOf(movements).first().getByText('Granted').waitFor();
});

test('a period, its sums and subtotals; the other tab and the export keep it; a reversed pass is in no sum', async () => {
  const desk = await openDesk();
  const [pass] = await desk.sql<{ id: string; starts_at: Date }>(
    'select id, starts_at from consumptions where account_id = $1 order by starts_at desc limit 1',
  );
  const input = { consumptionId: nodeId('DayPassConsumption', pass!.id), reason: 'By mistake' };
  await act(desk, TakeBackDocument, { input });
  const page = await openLedger(desk.admin, '?size=50');
  const totals = page.getByRole('region', { name: 'Summary' });
  const count = totals.locator('[data-fact=count]');
  await count.filter({ hasText: /^2$/ }).waitFor();
  await totals.locator('[data-fact=reversed]').filter({ hasText: /^1$/ }).waitFor();
  await totals.getByText('By client', { exact: true }).click();
  const subtotals = page.getByRole('table', { name: 'Sums by client' });
  await subtotals.getByRole('row', { name: 'Client acme 1 0 –' }).waitFor();
  await subtotals.getByRole('row', { name: 'No client 0 1 –' }).waitFor();
  await totals.getByText('All', { exact: true }).click();
  expect(await rowsOf(page).locator('xpath=self::*[@data-struck]').count()).toBe(1);
  expect(await page.getByLabel('Rows per page').inputValue()).toBe('50');
  await page.getByRole('button', { name: 'Carlos' }).click();
  const details = page.getByRole('dialog');
  await details.getByText('A. Person', { exact: true }).waitFor();
  await details.getByText('By mistake').waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'hidden' });

  await page.getByLabel('Source').selectOption('Ticket');
  await page.getByLabel('Period').selectOption('This month');
  await inOrder(page, ['Berta', 'Aiko']);
  await page.getByLabel('Period').selectOption('Last month');
  await page.getByText('No consumptions match').waitFor();
  await count.filter({ hasText: /^0$/ }).waitFor();
  await page.getByRole('tab', { name: 'All movements' }).click();
  await page.getByText('No movements match').waitFor();
  await page.getByLabel('Period').selectOption('This month');
  await page.getByRole('cell', { name: 'Granted' }).waitFor();
  await page.getByLabel('What').selectOption('Reversed');
  await page.getByText('1 in total', { exact: true }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('"Reversed",1,');
  // Both lists have the month; the source is the first one's alone.
  await page.getByRole('tab', { name: 'Consumptions' }).click();
  await inOrder(page, ['Berta', 'Aiko']);
  expect(await page.getByLabel('Source').inputValue()).toBe('TICKET');
  await page.getByLabel('From').fill('2034-06-20');
  await page.getByLabel('To', { exact: true }).fill('2034-06-10');
  await page.getByText('This date is after the last one.').waitFor();
});

longTest(
  'the statement is printed on A4 with all rows, their sums, and nothing of the page',
  async () => {
    const desk = await openDesk();
    const page = await openLedger(desk.admin);
    await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
    await page.evaluate(
      'window.printed = false; window.print = () => { window.printed = true; }; 0',
    );
    await page.getByRole('button', { name: 'Print statement' }).click();
    await eventually(async () => expect(await page.evaluate('window.printed')).toBe(true));
    // Paper is white, whatever the scheme of the page.
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const statement = page.getByRole('article');
    await statement.getByRole('heading', { name: 'Statement of day passes' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    const rows = statement.getByRole('table').last().locator('tbody tr');
    expect(await rows.locator('td:nth-child(2)').allInnerTexts()).toEqual([
      'Aiko',
      'Berta',
      'Carlos',
    ]);
    await statement.getByText('3', { exact: true }).first().waitFor();
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('.statement a')].map((one) => getComputedStyle(one).color)`,
      ),
    ).toEqual(Array(3).fill('rgb(0, 0, 0)'));
    const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(file).toMatch(/\/MediaBox\s*\[0 0 59[45][\d.]* 84[12]/);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    await statement.waitFor({ state: 'detached' });
  },
);

longTest('details show the consent word for word, and an address opens them', async () => {
  const desk = await at.site.openDesk({ passes: 3 });
  const { notice, token } = await desk.confirmation(desk.agent, { locale: 'de' });
  await desk.proceed(desk.agent, token);
  const page = await openLedger(desk.admin);
  await rowsOf(page).getByRole('button', { name: 'A. Person' }).click();
  await page.getByRole('dialog').getByText(notice).waitFor();
  await page.getByRole('dialog').getByText('German (de)').waitFor();
  await page.reload();
  await page.getByRole('dialog').getByText(notice).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(new URL(page.url()).search).toBe('');
});

longTest(
  'what was paid is shown before the list price, and nothing was paid for a reversed pass',
  async () => {
    const desk = await at.site.openDesk({ agents: 0 });
    desk.agents = await desk.addAgents([{ name: 'Aiko' }, { name: 'Berta' }, { name: 'Carlos' }]);
    await addPrices(desk);
    await act(desk, BuyDocument, { input: { quantity: 2, idempotencyKey: newId() } });
    await desk.add(1);
    const passes: string[] = [];
    for (const agent of desk.agents) passes.push((await desk.enter(agent)).consumption.id);
    const page = await openLedger(desk.admin);
    const rows = rowsOf(page);
    await rows.filter({ hasText: 'Aiko' }).getByText('USD 8.00List USD 12.00').waitFor();
    await rows.filter({ hasText: 'Carlos' }).getByText('–List USD 12.00').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const input = { consumptionId: passes[1]!, reason: 'By mistake' };
    await act(desk, TakeBackDocument, { input });
    await rows.filter({ hasText: 'Berta' }).getByText('–List USD 12.00').waitFor();

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).split('\r\n');
    expect(lines[0]).toContain('"Paid","Paid currency","Price","Currency"');
    expect(lines[1]).toContain(',,,12.00,"USD",');
    expect(lines[2]).toContain(',,,12.00,"USD",');
    expect(lines[3]).toContain(',8.00,"USD",12.00,"USD",');

    for (const [name, text] of [
      ['Aiko', 'USD 8.00 before tax'],
      ['Berta', 'Nothing: the pass was reversed and is back in the wallet'],
      ['Carlos', 'Nothing: the pass was granted, not bought'],
    ] as const) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').getByText(text, { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    await goWithin(page, `/admin/agents/${agentNode(desk.agents[0]!)}`);
    const own = page.getByRole('table', { name: 'Day passes, newest first' });
    await own.getByRole('columnheader', { name: 'List price' }).waitFor();
    await own.getByRole('row', { name: /USD 8.00 USD 12.00/ }).waitFor();

    // As after a change of the account's currency: a sum names both and adds neither.
    await desk.sql(
      `update lots set unit_price_minor = 700, currency = 'EUR'
     where account_id = $1 and currency is null`,
    );
    await page.goto(`${at.site.service.url}/admin/ledger`);
    const paid = page.getByRole('region', { name: 'Summary' }).locator('[data-fact=paid]');
    await paid.filter({ hasText: /^EUR 7\.00 · USD 8\.00$/ }).waitFor();
  },
);

/** One pass costs 12.00, two 8.00 each. */
async function addPrices(desk: Desk): Promise<void> {
  await desk.sql(
    `insert into day_pass_prices
       (plan, currency, minimum_quantity, unit_price_minor, valid_from, example)
     select plan, currency, quantity, price, '2020-01-01', false
     from accounts, unnest(array[1, 2], array[1200, 800]) as p (quantity, price) where id = $1`,
  );
}

longTest(
  'a grant happens once, with its reason and its end, even if the answer was lost',
  async () => {
    const desk = await at.site.openDesk({ agents: 0 });
    const page = await openLedger(desk.admin, '?view=movements');
    await page.getByText('No movements yet').waitFor();
    await page.getByRole('button', { name: 'Grant day passes …' }).click();
    const dialog = page.getByRole('dialog');
    const grant = dialog.getByRole('button', { name: 'Grant', exact: true });
    await dialog.getByLabel('Number of day passes').fill('0');
    await dialog.getByLabel('Reason').fill('   ');
    await grant.click();
    await dialog.getByText('Enter a whole number from 1 to 1,000,000.').waitFor();
    await dialog.getByText('Enter a reason. It is saved in the ledger.').waitFor();
    await dialog.getByLabel('Number of day passes').fill('7');
    await dialog.getByLabel('Reason').fill('For the outage');
    await dialog.getByLabel('Last day of use').fill('2035-01-31');
    const fates = ['lost', 'refused'];
    await page.route(apiAddress, async (route) => {
      const isGrant = route.request().postData()?.includes('mutation GrantDayPasses');
      const fate = isGrant ? fates.shift() : undefined;
      if (fate === undefined) return route.continue();
      if (fate === 'refused') {
        return route.fulfill({
          json: { errors: [{ message: 'No', extensions: { code: 'FORBIDDEN' } }] },
        });
      }
      await route.fetch();
      await route.abort();
    });
    await grant.click();
    await dialog.getByText('did not answer. Check your connection').waitFor();
    await dialog.getByText('Trying again grants them only once.').waitFor();
    expect(await dialog.getByLabel('Reason').isDisabled()).toBe(true);
    // Whether the first try was successful is still unknown.
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.getByText('You don’t have permission').waitFor();
    await dialog.getByText('Trying again grants them only once.').waitFor();
    expect(await dialog.getByLabel('Reason').isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Try again' }).dblclick();
    await page.getByText('7 day passes added. The balance is 7.').waitFor();
    expect(await desk.kinds()).toEqual(['DayPassesGranted']);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('cell', { name: 'For the outage' }).waitFor();
    const [lot] = await desk.sql<{ expires_at: Date }>(
      'select expires_at from lots where account_id = $1',
    );
    expect(lot!.expires_at.toISOString()).toBe('2035-02-01T00:00:00.000Z');
  },
);

longTest(
  "a reversal is confirmed first, ends the agent's access, and its row shows it",
  async () => {
    const desk = await openDesk();
    const [, berta] = desk.agents as [Person, Person, Person];
    const page = await openLedger(desk.admin);
    const other = await openLedger(desk.admin);
    await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
    await inOrder(other, ['Carlos', 'Berta', 'Aiko']);
    await other.getByText('Live', { exact: true }).waitFor();
    await rowsOf(page).nth(1).getByRole('button', { name: 'Reverse …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Berta leaves the agent portal immediately').waitFor();
    // Without a reason nothing is sent.
    await dialog.getByRole('button', { name: 'Reverse', exact: true }).click();
    await dialog.getByText('Fill in this field.').waitFor();
    expect((await desk.ask(berta)).allowed).toBe(true);
    await dialog.getByLabel('Reason').fill('Opened by mistake');
    await dialog.getByRole('button', { name: 'Reverse', exact: true }).dblclick();
    await page.getByText('Berta is out, and the pass is back in the wallet.').waitFor();
    // Readable in the dark too, where Mantine has a grey of 3.4 to 1.
    await page.emulateMedia({ colorScheme: 'dark' });
    await eventually(async () =>
      expect(
        await page.evaluate(
          `getComputedStyle(document.querySelector('.mantine-Notification-description')).color`,
        ),
      ).toBe('rgb(176, 182, 188)'),
    );
    await rowsOf(page).nth(1).getByText('Reversed').waitFor();
    await rowsOf(other).nth(1).getByText('Reversed').waitFor();
    expect(await agentsIn(page)).toEqual(['Carlos', 'Berta', 'Aiko']);
    expect((await desk.ask(berta)).allowed).toBe(false);
    expect(await desk.balance()).toBe(18);
    await eventually(async () =>
      expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe(
        'Consumptions',
      ),
    );
  },
);

longTest('a reversal that is too late is reported, and not offered again', async () => {
  const desk = await at.site.openDesk({ passes: 3 });
  await desk.enter(desk.agent);
  const page = await openLedger(desk.admin);
  await page.getByRole('button', { name: 'Reverse …' }).click();
  await desk.moveClock(16 * 60_000);
  await page.getByLabel('Reason').fill('Too late');
  await page.getByRole('button', { name: 'Reverse', exact: true }).click();
  await page.getByText('This pass can no longer be reversed').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Reverse …' }).waitFor({ state: 'detached' });
  expect((await desk.kinds()).includes('DayPassReversed')).toBe(false);
});

longTest(
  'an occasional admin is asked for a pass before the ledger, and loses access when it ends',
  async () => {
    const desk = await at.site.openDesk({ agents: 0, passes: 3 });
    const [admin] = await desk.addAgents([{ name: 'Olga', role: 'ACCOUNT_ADMIN' }]);
    const page = await openLedger(admin!);
    await page.locator('[part=proceed]').click();
    await inOrder(page, ['Olga']);
    const { activeUntil } = await passEnd(desk);
    await advanceTo(desk, activeUntil);
    await page.locator('[part=proceed]').waitFor();
    expect(await rowsOf(page).count()).toBe(0);
  },
);

longTest(
  'on a phone nothing is wider than the screen; axe finds nothing, in light and in dark',
  async () => {
    const desk = await openDesk();
    const empty = await at.site.openDesk({ agents: 0 });
    const window = await at.openWindow({ viewport: { width: 375, height: 800 } });
    const isFine = async (page: Page) => {
      // A half-drawn text has half its contrast.
      const moving = `document.getAnimations().filter((one) => one.playState === 'running').length`;
      await eventually(async () => expect(await page.evaluate(moving)).toBe(0));
      await eventually(async () => expect(await complaintsOfAxe(page)).toEqual([]));
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    };
    const page = await at.openAs(window, desk.admin, '/admin/ledger');
    await rowsOf(page).first().waitFor();
    await isFine(page);
    await page.getByRole('button', { name: 'Carlos' }).click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Consent' }).waitFor();
    await isFine(page);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'All movements' }).click();
    await page.getByRole('button', { name: 'Entry 1' }).click();
    await page.getByRole('dialog').getByText('Cursor').waitFor();
    await isFine(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Grant day passes …' }).click();
    await page.getByLabel('Last day of use').waitFor();
    await isFine(page);
    const nothing = await at.openAs(window, empty.admin, '/admin/ledger');
    await nothing.getByText('No day passes used yet').waitFor();
    await isFine(nothing);
  },
);

longTest(
  'a client’s page lists its passes, agents and tickets in a period; the ledger leads to it',
  async () => {
    const desk = await openDesk();
    const page = await openLedger(desk.admin);
    await page.getByRole('link', { name: 'Client acme' }).click();
    await page.getByRole('heading', { level: 1, name: 'Client acme' }).waitFor();
    const table = (name: string) => page.getByRole('region', { name });
    const texts = (name: string) => table(name).locator('tbody tr').allInnerTexts();
    await eventually(async () => expect(await texts('Day passes, newest first')).toHaveLength(1));
    await eventually(async () =>
      expect(await texts('Sums by agent')).toEqual([expect.stringMatching(/^Aiko\s+1\s+–/)]),
    );
    expect(await texts('Tickets of this client')).toHaveLength(1);
    expect(await complaintsOfAxe(page)).toEqual([]);
    expect(await unreachedByKeyboard(page)).toEqual([]);
    await page.getByText('By ticket', { exact: true }).click();
    await table('Sums by ticket').getByRole('link', { name: /^#1 / }).waitFor();
    await page.getByLabel('To', { exact: true }).fill('2020-01-01');
    await page.getByText('No day passes in this period').waitFor();
    // A ticket belongs to the period in which it was created.
    await page.getByText('No tickets were created in this period').waitFor();
    expect(new URL(page.url()).search).toBe('?to=2020-01-01');
    await page.getByRole('link', { name: 'Open in the ledger' }).click();
    await page.getByText('No consumptions match').waitFor();

    await page.goBack();
    await page.getByRole('link', { name: 'All clients' }).click();
    await page.getByLabel('Search').fill('acme');
    await eventually(async () => expect(await texts('Clients')).toHaveLength(1));
    await eventually(async () =>
      expect(await texts('Clients')).toEqual([expect.stringMatching(/^Client acme\s+acme\s+1/)]),
    );
    expect(await complaintsOfAxe(page)).toEqual([]);
    // The agent's page has the same history from the other side.
    await table('Clients').getByRole('link', { name: 'Client acme' }).click();
    await table('Sums by agent').getByRole('link', { name: 'Aiko' }).click();
    await page.getByRole('heading', { level: 1, name: 'Aiko' }).waitFor();
    await page.getByText('By client', { exact: true }).click();
    await table('Sums by client').getByRole('link', { name: 'Client acme' }).waitFor();
    await page.getByText('By price', { exact: true }).click();
    await table('Sums by price').getByText('Nothing paid').waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
  },
);

longTest(
  'a page asks once for what it shows, and for all of it at the same time; its links are those of a browser',
  async () => {
    const desk = await openDesk();
    const page = await at.openAs(await at.openWindow(), desk.admin, '/admin/keys');
    await page.getByRole('heading', { level: 1, name: 'API keys' }).waitFor();
    await page.waitForLoadState('networkidle');
    const asked: string[] = [];
    page.on('request', (request) => {
      const name = /\bquery (\w+)/.exec(request.postData() ?? '')?.[1];
      // A sandbox also asks for its clock, every few seconds.
      if (name && name !== 'AccountClock') asked.push(name);
    });
    const asks = async (doIt: () => Promise<unknown>, names: string[]) => {
      await doIt();
      await eventually(async () => expect(asked.toSorted()).toEqual(names));
      await page.waitForLoadState('networkidle');
      expect(asked.splice(0)).toHaveLength(names.length);
    };
    const list = ['LedgerConsumptions', 'LedgerTotal'];
    await asks(() => goWithin(page, '/admin/ledger'), ['Billing', ...list]);
    await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
    await asks(() => page.getByLabel('Source').selectOption('Ticket'), list);
    await asks(() => page.getByRole('combobox', { name: 'Agent' }).click(), ['LedgerAgents']);
    const elements = await page.locator('tbody tr').first().locator('*').count();
    expect(elements).toBeLessThan(35);

    // Nothing waits for another answer: none is given before all are asked for.
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route(apiAddress, async (route) => answered.then(() => route.continue()));
    await goWithin(page, `/admin/agents/${encodeURIComponent(agentNode(desk.agents[0]!))}`);
    const all = expect.arrayContaining(['AgentById', ...list]);
    await eventually(async () => expect(asked).toEqual(all));
    // Most of the page waits for it.
    expect(asked[0]).toBe('AgentById');
    answer();
    await page.getByRole('region', { name: 'Day passes, newest first' }).waitFor();
    await page.waitForLoadState('networkidle');
    asked.length = 0;
    // What a field chooses from is read when a person comes to the field.
    await page.getByRole('button', { name: 'Change details' }).click();
    await asks(() => page.getByRole('combobox', { name: 'Time zone' }).focus(), ['ZoneNames']);

    // With a modifier the browser opens a tab or a window, or saves; without it the page stays loaded, and
    // Back leads back.
    const clients = page.getByRole('link', { name: 'Clients', exact: true });
    const modifiers = ['ctrlKey', 'metaKey', 'shiftKey', 'altKey'];
    expect(await page.evaluate(leftToBrowser(modifiers, '/admin/clients'))).toEqual(modifiers);
    await page.evaluate('stays = true');
    await clients.click();
    await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Aiko' }).waitFor();
    expect(await page.evaluate('stays')).toBe(true);
  },
);

/** With which of the modifiers a click on the link is left to the browser. */
const leftToBrowser = (modifiers: string[], to: string) => `
  ${JSON.stringify(modifiers)}.filter((modifier) => {
    let isLeft;
    const see = (event) => {
      isLeft = !event.defaultPrevented;
      event.preventDefault();
    };
    addEventListener('click', see, { once: true });
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, [modifier]: true });
    document.querySelector('a[href$="${to}"]').dispatchEvent(click);
    return isLeft;
  })
`;

async function passEnd(desk: Desk): Promise<{ activeUntil: number }> {
  const [pass] = await desk.sql<{ expires_at: Date }>(
    'select expires_at from running_passes where account_id = $1',
  );
  return { activeUntil: pass!.expires_at.getTime() };
}

const options = async (page: Page) =>
  (await page.getByRole('listbox').getByRole('option').allInnerTexts()).map(
    (text) => text.split('\n')[0],
  );
const agentField = (page: Page) => page.getByRole('combobox', { name: 'Agent' });
const clearAgent = (page: Page) => page.getByRole('button', { name: 'Any agent' });

longTest('a field with a list is used by keyboard, by mouse and by finger', async () => {
  const desk = await openDesk();
  const page = await openLedger(desk.admin);
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);

  await page.getByLabel('Period').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('bert');
  await eventually(async () => expect(await options(page)).toEqual(['Berta']));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await inOrder(page, ['Berta']);
  await page.reload();
  await inOrder(page, ['Berta']);
  await eventually(async () => expect(await agentField(page).inputValue()).toBe('Berta'));
  // Another name replaces the chosen one, as in any field that Tab goes to.
  await page.getByLabel('Period').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('aik');
  await page.getByRole('option', { name: 'Aiko' }).click();
  await inOrder(page, ['Aiko']);
  await page.reload();
  await inOrder(page, ['Aiko']);
  await clearAgent(page).click();
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  expect(await agentField(page).inputValue()).toBe('');

  const phone = await at.openWindow({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 844 },
  });
  const touched = await at.openAs(phone, desk.admin, '/admin/ledger');
  await inOrder(touched, ['Carlos', 'Berta', 'Aiko']);
  await agentField(touched).tap();
  await touched.getByRole('option', { name: 'Carlos' }).tap();
  await inOrder(touched, ['Carlos']);
});

longTest('while the script of a page loads, the page before stays', async () => {
  const desk = await openDesk();
  const page = await openLedger(desk.admin);
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  let load = () => {};
  const loaded = new Promise<void>((resolve) => (load = resolve));
  await page.route(/\/assets\/clients-/, async (route) => loaded.then(() => route.continue()));
  // A tab that other tests have used may have it already.
  await page.reload();
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  const clients = page.getByRole('link', { name: 'Clients', exact: true });
  await clients.click();
  await page.waitForURL(/\/admin\/clients$/);
  await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
  await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
  load();
  await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
});

/** Clicks on a link or presses it, and names what was asked before the page could draw anything. */
const askedBy = (link: string, press?: 'left' | 'middle') => `(() => {
  const asked = [];
  const own = window.fetch;
  window.fetch = (...given) => {
    asked.push(/query (\\w+)/.exec(given[1].body)?.[1]);
    return own(...given);
  };
  const a = [...document.querySelectorAll('a')].find((one) => one.textContent === '${link}');
  const button = ${press === 'middle' ? 1 : 0};
  const pressed = new PointerEvent('pointerdown', { bubbles: true, pointerType: 'mouse', button });
  ${press ? 'a.dispatchEvent(pressed)' : 'a.click()'};
  window.fetch = own;
  // The clock is asked for only if it was last read long ago.
  return asked.filter((name) => name !== 'AccountClock');
})()`;

/** Waits for the script of a page, which loads while the pointer is on its link. */
const scriptOf = (page: string) => `(async () => {
  const isIts = ({ name }) => /\\/assets\\/${page}-[\\w-]{8}\\.js$/.test(name);
  for (;;) {
    const script = performance.getEntriesByType('resource').find(isIts);
    if (script) await import(script.name);
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (script) return;
  }
})()`;

longTest(
  'a click on a link asks for what its page shows, once, before the page is drawn',
  async () => {
    const desk = await openDesk();
    const page = await openLedger(desk.admin);
    await inOrder(page, ['Carlos', 'Berta', 'Aiko']);
    const passes = ['LedgerTotal', 'LedgerConsumptions'];
    const ofClient = ['ClientById', 'LedgerTotal', 'LedgerSubtotals', 'LedgerConsumptions'];
    const steps: [link: string, script: string, asked: string[]][] = [
      ['Agents', 'agents', ['Agents']],
      ['Aiko', 'agent', ['AgentById', ...passes]],
      ['Changes to this agent', 'audit', ['AuditEvents']],
      ['Clients', 'clients', []],
      ['Client acme', 'client', [...ofClient, 'ClientTickets']],
    ];
    for (const [link, script, names] of steps) {
      await page.getByRole('link', { name: link, exact: true }).hover();
      await page.evaluate(scriptOf(script));
      const later: string[] = [];
      page.on('request', (request) => {
        later.push(/\bquery (\w+)/.exec(request.postData() ?? '')?.[1] ?? '');
      });
      expect(await page.evaluate(askedBy(link))).toEqual(names);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      // Nothing is asked for twice.
      for (const name of names) expect(later.filter((one) => one === name)).toEqual([name]);
      page.removeAllListeners('request');
    }

    // A mouse's button that goes down asks before it comes up, and then nothing is asked again.
    await page.getByRole('link', { name: 'Agents', exact: true }).click();
    const berta = page.getByRole('link', { name: 'Berta', exact: true });
    await berta.waitFor();
    expect(await page.evaluate(askedBy('Berta', 'middle'))).toEqual([]);
    expect(await page.evaluate(askedBy('Berta', 'left'))).toEqual(['AgentById', ...passes]);
    expect(await page.evaluate(askedBy('Berta'))).toEqual([]);
    await page.getByRole('heading', { level: 1, name: 'Berta' }).waitFor();

    // An admin who needs a day pass is not let in yet, and asks for nothing before the gate is passed.
    const [olga] = await desk.addAgents([{ name: 'Olga', role: 'ACCOUNT_ADMIN' }]);
    const outside = await at.openAs(await at.openWindow(), olga!, '/admin/settings');
    await outside.getByRole('link', { name: 'Agents', exact: true }).hover();
    await outside.evaluate(scriptOf('agents'));
    expect(await outside.evaluate(askedBy('Agents'))).toEqual([]);
    await outside.locator('[part=proceed]').waitFor();
  },
);
