import type { Page } from 'playwright-core';
import { endOfLocalDay } from '../../src/time/local-day';
import { nextMidnight } from '../../src/web/sandbox/midnight.rules';
import { eventually, type Desk, type Person } from '../support/desk';
import { complaintsOfAxe, openPagesSite, type PagesSite } from '../support/pages';
import { whileLocked } from '../support/streams';

let at: PagesSite;

beforeAll(async () => {
  at = await openPagesSite();
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const hourMs = 3_600_000;

/** How far a desk's clock was ahead of the database's when it was opened. */
const firstOffsets = new WeakMap<Desk, number>();

/** A desk in Berlin: an admin who always may, and one who needs a pass. */
async function openDesk(): Promise<Desk & { odile: Person }> {
  const desk = await at.site.openDesk({ agents: 0, passes: 5 });
  firstOffsets.set(desk, await offsetMs(desk));
  const zone = { timeZone: 'Europe/Berlin', sections: ['REPORTS' as const, 'TICKETS' as const] };
  const [admin, odile] = await desk.addAgents([
    { name: 'Ada Whitfield', role: 'ACCOUNT_ADMIN', type: 'FULL_TIME', ...zone },
    { name: 'Odile Admin', role: 'ACCOUNT_ADMIN', ...zone },
  ]);
  return Object.assign(desk, { admin: admin!, odile: odile! });
}

async function open(person: Person, path = '/admin', options = {}): Promise<Page> {
  const window = await at.openWindow({ timezoneId: 'Europe/Berlin', ...options });
  return at.openAs(window, person, path);
}

const clock = (page: Page) => page.locator('[data-fact=clock]');
const strip = (page: Page) => page.getByRole('region', { name: 'Sandbox' });
const anHour = (page: Page) => page.getByRole('button', { name: '+1 h' });
const toMidnight = (page: Page) => page.getByRole('button', { name: 'To midnight' });

/** A pass costs 12.00 now and 13.00 in half an hour: a page that shows the latter has read it anew. */
async function raisePrice(desk: Desk): Promise<void> {
  await desk.sql(
    `insert into day_pass_prices
       (plan, currency, minimum_quantity, unit_price_minor, valid_from, valid_to, example)
     select plan, currency, 1, price, present + since, present + until, false
     from accounts, lateral (select now() + test_clock_offset_ms * interval '1 ms') as clock (present),
       (values
       (1200, interval '-1 day', interval '30 minutes'),
       (1300, interval '30 minutes', interval '9 years')) as p (price, since, until)
     where id = $1`,
  );
}

const price = (page: Page, amount: string) =>
  page.getByText(`${amount} USD a pass before tax`).waitFor();

/** How far the clock has been moved. */
const movedMs = async (desk: Desk) => (await offsetMs(desk)) - firstOffsets.get(desk)!;

async function offsetMs(desk: Desk): Promise<number> {
  const [row] = await desk.sql<{ ms: string }>(
    'select test_clock_offset_ms as ms from accounts where id = $1',
  );
  return Number(row!.ms);
}

const hours = async (desk: Desk) => Math.round((await movedMs(desk)) / hourMs);

test('the clock goes on by itself, from what the service says and not from the device', async () => {
  const desk = await openDesk();
  await desk.moveClockTo('2035-06-01T10:00:00Z');
  const window = await at.openWindow();
  await window.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 30 * 86_400_000;
  });
  const page = await at.openAs(window, desk.admin, '/admin');
  await clock(page)
    .filter({ hasText: /^1 Jun 2035, 12:00:\d\d in Berlin$/ })
    .waitFor();
  const first = await clock(page).innerText();
  await eventually(async () => expect(await clock(page).innerText()).not.toBe(first));
});

test('an hour on: it says so, what was read is read anew, and a double click moves once', async () => {
  const desk = await openDesk();
  await raisePrice(desk);
  const page = await open(desk.admin);
  await price(page, '12.00');
  await anHour(page).dblclick();
  await strip(page)
    .getByText(/^The clock is now \d+ \w+, \d\d:\d\d in Berlin; no pass ended\.$/)
    .waitFor();
  await price(page, '13.00');
  expect(await hours(desk)).toBe(1);
  await anHour(page).click();
  await eventually(async () => expect(await hours(desk)).toBe(2));
});

test('at midnight the pass in another window ends: the pop-up is back, and every list is read anew', async () => {
  const desk = await openDesk();
  const agent = await open(desk.odile);
  await agent.getByRole('button', { name: 'Use a day pass' }).click();
  await agent.locator('[part=proceed]').click();
  await agent.getByText('What happened').waitFor();

  const page = await open(desk.admin);
  await page.getByRole('row', { name: /^Odile Admin/ }).waitFor();
  await toMidnight(page).click();
  await page
    .getByRole('menuitem', { name: /00:00 in Berlin\s+Ends the pass of Odile Admin/ })
    .click();
  await strip(page)
    .getByText(/^The clock is now \d+ \w+, 00:00 in Berlin; 1 pass ended\.$/)
    .waitFor();
  await clock(page)
    .filter({ hasText: /, 00:00:\d\d in Berlin$/ })
    .waitFor();
  await page.getByText('Nobody is in with a day pass').waitFor();

  await agent.getByRole('dialog').waitFor();
  expect(await agent.getByText('What happened').count()).toBe(0);
  await clock(agent)
    .filter({ hasText: /, 00:00:\d\d in Berlin$/ })
    .waitFor();
  await agent.locator('[part=proceed]').click();
  await page.getByRole('row', { name: /^Odile Admin/ }).waitFor();
});

test('the admin’s own midnight is there to be chosen, though nobody is in', async () => {
  const desk = await openDesk();
  const page = await open(desk.admin);
  await toMidnight(page).click();
  await page.getByRole('menuitem', { name: /00:00 in Berlin\s+Your own midnight/ }).click();
  await strip(page)
    .getByText(/00:00 in Berlin; no pass ended\.$/)
    .waitFor();
  expect(await movedMs(desk)).toBeGreaterThan(0);
});

test('while it is on its way it says so, and no second move is begun', async () => {
  const desk = await openDesk();
  const page = await open(desk.admin);
  await anHour(page).waitFor();
  await whileLocked(desk, async () => {
    await anHour(page).click();
    await strip(page)
      .getByText(/^Moving to /)
      .waitFor();
    expect(await anHour(page).isDisabled()).toBe(true);
    expect(await toMidnight(page).isDisabled()).toBe(true);
  });
  await strip(page)
    .getByText(/^The clock is now /)
    .waitFor();
  expect(await anHour(page).isEnabled()).toBe(true);
  expect(await hours(desk)).toBe(1);
});

test('a clock that was moved in another window shows here, and what was read is read anew', async () => {
  const desk = await openDesk();
  await raisePrice(desk);
  const pages = [await open(desk.admin), await open(desk.admin)] as const;
  await price(pages[1], '12.00');
  await desk.enter(desk.odile);
  await pages[1].getByRole('row', { name: /^Odile Admin/ }).waitFor();
  await toMidnight(pages[0]).click();
  await pages[0].getByRole('menuitem', { name: /Odile Admin/ }).click();
  await strip(pages[1]).getByText('The clock was moved in another window.').waitFor();
  await clock(pages[1])
    .filter({ hasText: /, 00:00:\d\d in Berlin$/ })
    .waitFor();
  await pages[1].getByText('Nobody is in with a day pass').waitFor();
  await price(pages[1], '13.00');
  // No stream tells of a move that ends nothing.
  await anHour(pages[0]).click();
  await clock(pages[1])
    .filter({ hasText: /, 01:00:\d\d in Berlin$/ })
    .waitFor();
});

test('an admin who is not in is told what it takes', async () => {
  const desk = await openDesk();
  const page = await open(desk.odile);
  await anHour(page).click();
  await strip(page).getByText('This needs a day pass.').waitFor();
  expect(await movedMs(desk)).toBe(0);
});

test('an agent and a contact see the clock and no buttons', async () => {
  const desk = await openDesk();
  const [agent] = await desk.addAgents([{ name: 'Walter Brandt', timeZone: 'Asia/Tokyo' }]);
  const contact = { id: 'none', bearer: await desk.bearer(null) };
  for (const [person, place] of [
    [agent!, 'Tokyo'],
    [contact, 'UTC'],
  ] as const) {
    const page = await open(person, '/portal/mine');
    await clock(page)
      .filter({ hasText: new RegExp(` in ${place}$`) })
      .waitFor();
    expect(await strip(page).getByRole('button').count()).toBe(0);
  }
});

test.each(['light', 'dark'] as const)(
  'on a phone it fits, and axe has no complaint: %s',
  async (colorScheme) => {
    const desk = await openDesk();
    await desk.enter(desk.odile);
    const page = await open(desk.admin, '/portal/mine', {
      colorScheme,
      viewport: { width: 375, height: 740 },
    });
    await toMidnight(page).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /Odile Admin/ }).waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: /Odile Admin/ }).waitFor({ state: 'hidden' });
    expect(await toMidnight(page).evaluate((button) => button.matches(':focus'))).toBe(true);
  },
);

test.each([
  ['America/Santiago', '2026-09-05T12:00Z', 'a day that begins at 01:00'],
  ['Europe/Berlin', '2026-10-24T23:30Z', 'a day of 25 hours'],
  ['America/Havana', '2024-11-02T12:00Z', 'a midnight that happens twice'],
  ['Australia/Lord_Howe', '2026-10-03T14:00Z', 'half an hour'],
  ['Pacific/Apia', '2011-12-29T20:00Z', 'a day that is left out'],
  ['Asia/Kathmandu', '2026-03-01T18:14:59Z', 'three quarters of an hour'],
])('one’s own midnight is the service’s: %s at %s, %s', (zone, instant) => {
  const nowMs = Date.parse(instant);
  expect(nextMidnight(nowMs, zone)).toBe(endOfLocalDay(nowMs, zone));
});
