import { apiAddress } from '../support/browser/api-address';
import type { BrowserContext, Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { newId } from '../../src/core/ids';
import { BuyDocument, SetWalletDocument, TakeBackDocument } from '../generated/operations';
import { nodeId } from '../../src/api/node';
import { firstSteps } from '../../src/web/dashboard/overview/first-steps.rules';
import { eventually, type Desk, type DeskOptions, type Person } from '../support/desk/desk';
import { complaintsOfAxe, openPagesSite, type PagesSite } from '../support/browser/pages';
import { addAgentKey } from '../support/desk/keys';
import { act, advanceTo } from '../support/desk/streams';
import { longTest } from '../support/size';

let at: PagesSite;

beforeAll(async () => {
  at = await openPagesSite();
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

/** A desk with an occasional agent in Berlin whom one knows by name. */
async function openDesk(options: DeskOptions = {}): Promise<Desk & { walter: Person }> {
  const desk = await at.site.openDesk({ agents: 0, passes: 5, ...options });
  const [walter] = await desk.addAgents([{ name: 'Walter Brandt', timeZone: 'Europe/Berlin' }]);
  await desk.sql(
    `insert into day_pass_prices
       (plan, currency, minimum_quantity, unit_price_minor, valid_from, example)
     select plan, currency, quantity, price, created_at - interval '1 day', false
     from accounts, unnest(array[1, 100], array[1200, 1100]) as p (quantity, price)
     where id = $1`,
  );
  return Object.assign(desk, { walter: walter! });
}

async function openOverview(
  person: Person,
  options: Parameters<PagesSite['openWindow']>[0] = {},
): Promise<{ page: Page; window: BrowserContext }> {
  const window = await at.openWindow({ timezoneId: 'Europe/Berlin', ...options });
  const page = await at.openAs(window, person, '/admin');
  return { page, window };
}

/** The value of a named fact on the page. */
const fact = (page: Page, name: string) => page.locator(`[data-fact=${name}]`);
const says = (page: Page, name: string, text: string | RegExp) =>
  fact(page, name).filter({ hasText: text }).waitFor();
const sentences = (page: Page) => page.locator('.entry > :nth-child(2)').allInnerTexts();
/** One of the four values at the top, by its label. */
const valueOf = (page: Page, name: string | RegExp) => page.getByRole('group', { name });
const chart = (page: Page) => page.getByRole('img', { name: /^Balance and use by day/ });
const inNow = (page: Page) => page.getByRole('table', { name: 'Agents who are in now' });

async function takeBack(desk: Desk, consumptionId: string): Promise<void> {
  const input = { consumptionId, reason: 'By mistake' };
  const { reverseDayPassConsumption } = await act(desk, TakeBackDocument, { input });
  expect(reverseDayPassConsumption?.userErrors).toEqual([]);
}

async function setWallet(desk: Desk, changes: Record<string, unknown>): Promise<void> {
  const [wallet] = await desk.sql<{ id: string }>('select id from wallets where account_id = $1');
  const input = { walletId: nodeId('DayPassWallet', wallet!.id), ...changes };
  const { updateDayPassWallet } = await act(desk, SetWalletDocument, { input });
  expect(updateDayPassWallet?.userErrors).toEqual([]);
}

test("the balance changes when an agent enters, and shows by how much; the agent's name is read and listed", async () => {
  const desk = await openDesk();
  const { page } = await openOverview(desk.admin);
  await says(page, 'balance', /^5$/);
  await page.getByText('Live', { exact: true }).waitFor();
  await says(page, 'delta', /^\+5/);
  await says(page, 'price', 'USD 12.00 a pass before tax, USD 11.00 from 100 passes');
  await page.getByText('No agent is in with a day pass').waitFor();

  await desk.enter(desk.walter);
  await says(page, 'balance', /^4$/);
  await says(page, 'delta', /^−1/);
  await eventually(async () => {
    const [newest] = await sentences(page);
    expect(newest).toMatch(/^Walter Brandt used a day pass, until \d+ \w+, 00:00 in Berlin$/);
  });
  await inNow(page)
    .getByRole('row', { name: /^Walter Brandt/ })
    .waitFor();
  await says(page, 'in-now', /^1$/);
  await says(page, 'used-today', /^1$/);
  await valueOf(page, 'In now')
    .filter({ hasText: /Walter Brandt · \d+ (h|min)/ })
    .waitFor();
  await valueOf(page, 'Empty by').filter({ hasText: 'Not enough history' }).waitFor();
});

longTest(
  'without a network nothing is shown as live; then the events of the outage are there, once',
  async () => {
    const desk = await openDesk();
    const window = await at.openWindow();
    const links = new Set<{ close(): Promise<void> }>();
    let isDown = false;
    await window.routeWebSocket(/graphql/, (socket) => {
      if (isDown) return void socket.close();
      socket.connectToServer();
      links.add(socket);
    });
    const page = await at.openAs(window, desk.admin, '/admin');
    await says(page, 'balance', /^5$/);
    await eventually(async () => expect(await sentences(page)).toHaveLength(1));

    isDown = true;
    for (const link of links) void link.close();
    await page.getByText('Not live: reconnecting').waitFor();
    await desk.enter(desk.walter);
    await desk.add(3);
    expect(await fact(page, 'balance').innerText()).toBe('5');

    isDown = false;
    await page.getByText('Live', { exact: true }).waitFor();
    await says(page, 'balance', /^7$/);
    await eventually(async () => {
      expect((await sentences(page)).map((text) => text.split(',')[0])).toEqual([
        'A. Person granted 3 day passes: For a test',
        'Walter Brandt used a day pass',
        'A. Person granted 5 day passes: For a test',
      ]);
    });
  },
);

longTest(
  'a service that accepts a connection and then fails is asked again after longer and longer waits',
  async () => {
    const desk = await openDesk();
    const window = await at.openWindow();
    const openedAt: number[] = [];
    await window.routeWebSocket(/graphql/, (socket) => {
      const server = socket.connectToServer();
      let isFirst = true;
      socket.onMessage((sent) => {
        if (String(sent).includes('connection_init') || String(sent).includes('WatchGate'))
          return server.send(sent);
        if (isFirst) openedAt.push(performance.now());
        isFirst = false;
        void socket.close({ code: 4500, reason: 'Internal server error' });
      });
    });
    const page = await at.openAs(window, desk.admin, '/admin/clients');
    await eventually(async () => expect(openedAt.length).toBeGreaterThan(4));
    await page.goto('about:blank');
    // At least a half of 0.4 s * 8. The first wait is never longer than 0.4 s.
    expect(openedAt[4]! - openedAt[3]!).toBeGreaterThan(1_500);
  },
);

longTest('what happened is read as sentences, the newest first', async () => {
  const desk = await openDesk({ passes: 1, emergencyAllowance: 1 });
  const [ana] = await desk.addAgents([{ name: 'Ana Beltrán' }]);
  const { page } = await openOverview(desk.admin);
  const { consumption } = await desk.enter(desk.walter);
  await desk.enter(ana!);
  await takeBack(desk, consumption.id);
  await advanceTo(desk, consumption.expiresAt);
  await advanceTo(desk, Date.parse(consumption.expiresAt) + 26 * 3_600_000);
  await eventually(async () => {
    const texts = (await sentences(page)).map((text) => text.split(', until')[0]);
    expect(texts).toEqual([
      'Ana Beltrán’s day pass ended',
      'A. Person reversed Walter Brandt’s day pass: By mistake',
      'Ana Beltrán used an emergency pass',
      'The last pass was used: the wallet is empty',
      'Walter Brandt used a day pass',
      'A. Person granted 1 day pass: For a test',
    ]);
  });
});

test('without scrolling, four values answer how many, until when, what it cost, and who is in', async () => {
  const desk = await openDesk({ passes: 0 });
  await act(desk, BuyDocument, { input: { quantity: 100, idempotencyKey: newId() } });
  // One pass on each of 14 days.
  for (let day = 0; day < 14; day += 1) {
    const { consumption } = await desk.enter(desk.walter);
    await desk.moveClockTo(consumption.expiresAt, 12 * 3_600_000);
  }
  await desk.enter(desk.walter);
  const { page } = await openOverview(desk.admin);
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    const values: [string | RegExp, RegExp][] = [
      ['Passes left', /85/],
      // 85 more days with one pass each: the range is one date.
      ['Empty by', /\d+ \w+.*if use stays as in the last weeks/is],
      [/^Cost in \w+$/, /USD [\d.]+/],
      ['In now', /Walter Brandt · \d+ (h|min)/],
    ];
    for (const [name, text] of values) {
      const value = valueOf(page, name);
      await value.filter({ hasText: text }).waitFor();
      const box = (await value.boundingBox())!;
      expect(box.y).toBeGreaterThan(0);
      expect(box.y + box.height).toBeLessThanOrEqual(viewport.height);
      expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
    }
  }
});

test('chart and tables have the numbers of the API, reversed ones separately', async () => {
  const desk = await openDesk({ passes: 0 });
  // Of hundred passes each costs USD 11.00; the list price of one is USD 12.00.
  await act(desk, BuyDocument, { input: { quantity: 100, idempotencyKey: newId() } });
  const [ana] = await desk.addAgents([{ name: 'Ana Beltrán', timeZone: 'Asia/Tokyo' }]);
  const { consumption } = await desk.enter(desk.walter);
  await desk.enter(ana!);
  await advanceTo(desk, Date.parse(consumption.expiresAt) + 30 * 3_600_000);
  await takeBack(desk, (await desk.enter(desk.walter)).consumption.id);
  await desk.enter(ana!);
  const { page } = await openOverview(desk.admin);
  await page
    .getByRole('img', {
      name: /^Balance and use by day: 3 passes used since .* Not enough history/,
    })
    .waitFor();
  const rows = page.getByRole('table', { name: 'Balance and use by day' }).locator('tbody tr');
  const cells = await Promise.all(
    (await rows.all()).map((row) => row.locator('td').allInnerTexts()),
  );
  // Newest first. A reversed pass counts as not used.
  const used = cells.map(([, count]) => Number(count));
  expect(used.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(cells.flatMap(([, , added]) => added || [])).toEqual(['+100']);
  expect(cells[0]!.at(-1)).toBe('97');
  await page.getByText('; 1 more was reversed').waitFor();

  const agents = page.getByRole('table', { name: 'Passes used by group' });
  await agents
    .getByRole('row', { name: 'Ana Beltrán 2 67 % 0 USD 22.00 List USD 24.00' })
    .waitFor();
  await agents
    .getByRole('row', { name: 'Walter Brandt 1 33 % 1 USD 11.00 List USD 12.00' })
    .waitFor();
  await page.getByLabel('Group by').selectOption('SOURCE');
  await agents
    .getByRole('row', { name: 'Agent portal 3 100 % 1 USD 33.00 List USD 36.00' })
    .waitFor();
  await page.getByLabel('Group by').selectOption('CLIENT');
  await agents.getByRole('row', { name: 'No client 3 100 %' }).waitFor();
});

longTest('a report that cannot be read says so, and is read when it is tried again', async () => {
  const desk = await openDesk();
  const window = await at.openWindow({ timezoneId: 'Europe/Berlin' });
  let isBroken = true;
  await window.route(apiAddress, (route) => {
    const isReport = route.request().postData()?.includes('query OverviewUsage');
    if (!isReport || !isBroken) return route.continue();
    return route.fulfill({
      json: { errors: [{ message: 'No.', extensions: { code: 'BAD_USER_INPUT' } }] },
    });
  });
  const page = await at.openAs(window, desk.admin, '/admin');
  const usage = page.getByRole('region', { name: 'Passes used' });
  await usage.getByRole('alert').waitFor();
  await says(page, 'balance', /^5$/);
  isBroken = false;
  await usage.getByRole('button', { name: 'Try again' }).click();
  await usage.getByText(/^No passes used since/).waitFor();
});

longTest(
  'with a key that may read nothing of it, the page says so and waits for nothing',
  async () => {
    const desk = await openDesk();
    const key = await addAgentKey(desk, desk.admin, { scopes: ['tickets:read'] });
    const { page } = await openOverview(key);
    const history = page.getByRole('region', { name: 'Balance and use' });
    await history.getByText('You don’t have permission. Ask an account admin.').waitFor();
    await valueOf(page, /^Cost in/)
      .getByText('–', { exact: true })
      .waitFor();
    await eventually(async () => expect(await page.locator('.to-come').count()).toBe(0));
  },
);

longTest(
  'agents with access are listed with the midnight there and here, and leave the list at it',
  async () => {
    const desk = await openDesk();
    const [ana] = await desk.addAgents([{ name: 'Ana Beltrán', timeZone: 'America/Bogota' }]);
    const berlin = await desk.enter(desk.walter);
    const bogota = await desk.enter(ana!);
    // From Bogotá, the admin reads Walter's time and the account's.
    const { page } = await openOverview(desk.admin, { timezoneId: 'America/Bogota' });
    await page.getByText('Times in UTC', { exact: true }).waitFor();
    const walter = inNow(page).getByRole('row', { name: /^Walter Brandt/ });
    await walter.waitFor();
    const [, there, here, left] = await walter.getByRole('cell').allInnerTexts();
    expect(there).toMatch(/, 00:00 in Berlin$/);
    expect(here).toMatch(/, (22|23):00$/);
    expect(left).toMatch(/^\d+ h( \d+ min)?$|^\d+ min$/);

    const [first, second] = [berlin, bogota]
      .map(({ consumption }) => consumption)
      .sort((one, other) => Date.parse(one.expiresAt) - Date.parse(other.expiresAt));
    await advanceTo(desk, first!.expiresAt);
    await says(page, 'in-now', /^1$/);
    expect(await inNow(page).locator('tbody tr').count()).toBe(1);
    await advanceTo(desk, second!.expiresAt);
    await page.getByText('No agent is in with a day pass').waitFor();
  },
);

longTest('an account that has just begun explains what will be here', async () => {
  const desk = await openDesk({ passes: 0 });
  const { page } = await openOverview(desk.admin);
  await says(page, 'balance', /^0$/);
  await page.getByText('No activity yet').waitFor();
  await page.getByText('No agent is in with a day pass').waitFor();
  await page.getByText(/^No passes used since/).waitFor();
  await valueOf(page, 'Empty by').filter({ hasText: 'Nothing is left.' }).waitFor();
  // That nothing is there yet is said by the steps alone.
  await page.getByRole('button', { name: 'Close the first steps' }).waitFor();
  expect(await page.getByText('No passes are left').count()).toBe(0);
  expect(await page.getByRole('heading', { name: 'Balance and use' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Close the first steps' }).click();
  await page.getByText('No passes are left').waitFor();
  await page.getByText('No passes have moved yet').waitFor();
  await page.getByRole('link', { name: 'Buy day passes' }).first().click();
  await page.waitForURL('**/admin/buy');
});

longTest('a low, an empty, an owed and a frozen wallet say so, and what to do', async () => {
  const desk = await openDesk({ passes: 2, emergencyAllowance: 2, lowBalanceThreshold: 1 });
  const [ana, noor] = await desk.addAgents([{ name: 'Ana Beltrán' }, { name: 'Noor Haddad' }]);
  const { page } = await openOverview(desk.admin);
  await says(page, 'balance', /^2$/);
  expect(await page.getByText('The balance is low').count()).toBe(0);
  await desk.enter(desk.walter);
  await page.getByText('The balance is low').waitFor();
  await desk.enter(ana!);
  await page.getByText('No passes are left').waitFor();
  await page.getByText('In an emergency, 2 more can be used.').waitFor();
  await desk.enter(noor!);
  await says(page, 'balance', /^−1$/);
  await page.getByText('1 emergency pass is owed').waitFor();
  await setWallet(desk, { frozen: true });
  await page.reload();
  await page.getByText('The wallet is frozen').waitFor();
});

test('an occasional admin sees the balance and buys without a pass, and the rest with one', async () => {
  const desk = await openDesk();
  const [admin] = await desk.addAgents([
    { name: 'Odile Admin', role: 'ACCOUNT_ADMIN', sections: ['REPORTS'] },
  ]);
  const { page } = await openOverview(admin!);
  await says(page, 'balance', /^5$/);
  await page.getByRole('link', { name: 'Buy day passes' }).waitFor();
  const use = page.getByRole('button', { name: 'Use a day pass' });
  await use.waitFor();
  // Nobody is asked before anything is wanted.
  expect(await page.getByRole('dialog').isVisible()).toBe(false);
  expect(await page.getByRole('heading', { name: 'Activity' }).count()).toBe(0);
  await use.click();
  await page.locator('[part=proceed]').dblclick();
  await inNow(page)
    .getByRole('row', { name: /^Odile Admin/ })
    .waitFor();
  await says(page, 'balance', /^4$/);
});

longTest(
  'on a phone only lists scroll sideways, and the pages can be reached by keyboard',
  async () => {
    const desk = await openDesk();
    await desk.enter(desk.walter);
    const { page } = await openOverview(desk.admin, { viewport: { width: 375, height: 740 } });
    await inNow(page).waitFor();
    await chart(page).waitFor();
    const tooWide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(await tooWide()).toBe(false);
    const line = page.getByRole('navigation', { name: 'Day passes' });
    expect(await line.getByRole('link', { name: 'Overview' }).getAttribute('aria-current')).toBe(
      'page',
    );
    await line.getByRole('link', { name: 'Overview' }).focus();
    const help = page.getByRole('banner').getByRole('link', { name: 'Help with this page' });
    expect(await help.getAttribute('href')).toBe(`${at.site.service.url}/docs/dashboard#overview`);
    const settings = line.getByRole('link', { name: 'Settings' });
    const stops = (await line.getByRole('link').allTextContents()).indexOf('Settings');
    for (let stop = 0; stop < stops; stop += 1) await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Settings');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/admin/settings');
    await eventually(async () =>
      expect(await help.getAttribute('href')).toMatch(/docs\/dashboard#settings$/),
    );
    const here = await settings.boundingBox();
    expect(here!.x + here!.width).toBeLessThanOrEqual(375);
    expect(await tooWide()).toBe(false);
  },
);

describe('the first steps of a new account', () => {
  const list = (page: Page) => page.getByRole('region', { name: 'First steps' });
  const steps = async (page: Page) =>
    (await list(page).getByRole('listitem').allTextContents()).map(
      (text) => /^(Done|To do): (?:Get|Invite|Buy|Embed)/.exec(text)?.[1],
    );

  longTest('each is checked off as it is done, and the list leaves with the last', async () => {
    const desk = await at.site.openDesk({ agents: 0, passes: 0 });
    const { page } = await openOverview(desk.admin);
    await list(page).waitFor();
    expect(await steps(page)).toEqual(['To do', 'To do', 'To do', 'To do']);
    expect(await complaintsOfAxe(page)).toEqual([]);
    const links = await list(page)
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
    expect(links.map((link) => new URL(link, 'http://x').pathname)).toEqual([
      '/docs/deploy',
      '/admin/agents',
      '/admin/buy',
      '/docs/embed',
    ]);
    const [walter] = await desk.addAgents([{ name: 'Walter Brandt', timeZone: 'Europe/Berlin' }]);
    await desk.add(2);
    await eventually(async () =>
      expect(await steps(page)).toEqual(['To do', 'Done', 'Done', 'To do']),
    );
    await desk.enter(walter!);
    await list(page).waitFor({ state: 'detached' });
  });

  longTest('a list that was closed stays closed in this browser', async () => {
    const desk = await at.site.openDesk({ agents: 0, passes: 0 });
    const { page } = await openOverview(desk.admin);
    await list(page).getByRole('button', { name: 'Close the first steps' }).click();
    await list(page).waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.reload();
    await says(page, 'balance', /^0$/);
    await page.waitForLoadState('networkidle');
    expect(await list(page).count()).toBe(0);
  });

  const one = { edges: [{}] } as never;
  const none = { edges: [] } as never;
  test.each([
    ['nothing is there', {}, false, []],
    ['there are example prices', { dayPassPrices: [{ example: true }] }, false, []],
    ['a sandbox has example prices', { dayPassPrices: [{ example: true }] }, true, ['prices']],
    ['the operator set a price', { dayPassPrices: [{ example: false }] }, false, ['prices']],
    ['an agent is invited', { agents: one }, false, ['agents']],
    ['passes were bought or granted', { dayPassEvents: one }, false, ['passes']],
    ['a pass was used', { dayPassConsumptions: one }, false, ['prices', 'gate']],
    ['the caller may read nothing', { agents: null, dayPassPrices: null }, true, []],
  ])('if %s, these are done', (_, read, sandbox, done) => {
    const nothing = {
      dayPassPrices: [],
      agents: none,
      dayPassEvents: none,
      dayPassConsumptions: none,
    };
    const all = firstSteps({ ...nothing, ...read }, { sandbox });
    expect(all.filter(({ isDone }) => isDone).map(({ name }) => name)).toEqual(done);
  });
});

longTest(
  'axe finds no violation, in light and in dark; an agent who is not an admin reads that and finds the way out',
  async () => {
    const desk = await openDesk({ lowBalanceThreshold: 9 });
    await desk.enter(desk.walter);
    const { page, window } = await openOverview(desk.admin);
    await inNow(page).waitFor();
    await chart(page).waitFor();
    await page.getByRole('row', { name: /Walter Brandt 1 100 %/ }).waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    const other = await at.openAs(window, desk.walter, '/admin');
    await other.getByRole('heading', { name: 'Only admins can see these pages' }).waitFor();
    expect(await complaintsOfAxe(other)).toEqual([]);
    await other.getByRole('link', { name: 'Go to my tickets' }).click();
    await other.waitForURL('**/portal/mine');
  },
);

test('the balance shows after at most 260 kB of script as it is sent; the chart loads later', async () => {
  const desk = await openDesk();
  await desk.enter(desk.walter);
  // No other test asks for these options, so that nothing is loaded yet.
  const window = await at.openWindow({ deviceScaleFactor: 1 });
  const scripts = new Map<string, number>();
  const sizes: Promise<unknown>[] = [];
  window.on('response', (response) => {
    if (!response.url().endsWith('.js')) return;
    const size = response.body().then((body) => scripts.set(response.url(), gzipSync(body).length));
    sizes.push(size);
  });
  const page = await at.openAs(window, desk.admin, '/admin');
  await chart(page).waitFor();
  await says(page, 'balance', /^4$/);
  await Promise.all(sizes);
  const sum = [...scripts.values()].reduce((all, size) => all + size, 0);
  // All that was loaded, with the chart: so it holds for what the balance needs too.
  expect(sum).toBeLessThanOrEqual(260_000);
  expect([...scripts.keys()].filter((url) => url.includes('history-chart'))).toHaveLength(1);
});

longTest(
  'the bell counts what is unread at once, leads to the place, and marks all as read',
  async () => {
    const desk = await openDesk({ agents: 1, passes: 2, lowBalanceThreshold: 1 });
    const { page } = await openOverview(desk.admin);
    const bell = page.getByRole('button', { name: /^Notifications/ });
    const list = page.getByRole('dialog', { name: 'Notifications' });
    await bell.click();
    await list.getByText('No notifications yet').waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    expect(await bell.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(
      true,
    );

    await desk.enter(desk.agents[0]!);
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
    await page.getByRole('status').getByText('Notifications, 1 unread').waitFor();
    await page.keyboard.press('Enter');
    const link = list.getByRole('link', { name: /^Unread: .*1 day pass/ });
    await link.waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    await list.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    await list.getByText('Unread:').waitFor({ state: 'detached' });
    await list.getByRole('link').first().click();
    await page.waitForURL('**/admin/buy');
    await list.waitFor({ state: 'hidden' });

    await bell.click();
    await list.getByRole('button', { name: 'Email settings' }).click();
    const dialog = page.getByRole('dialog', { name: 'Email settings' });
    await dialog.getByRole('checkbox', { name: 'A wallet is low' }).uncheck();
    await dialog.getByLabel('Language of my emails').selectOption('日本語');
    await dialog.getByRole('button', { name: 'Save email settings' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(
      await desk.sql('select mails_off, language from notice_settings where account_id = $1'),
    ).toEqual([{ mails_off: ['BALANCE_LOW'], language: 'ja' }]);
  },
);
