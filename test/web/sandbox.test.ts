import { apiAddress } from '../support/browser/api-address';
import type { Page } from 'playwright-core';
import { endOfLocalDay } from '../../src/time/local-day';
import { writeLocalText } from '../../src/time/local-text';
import { ZoneDocument } from '../generated/operations';
import { codeOf, send } from '../support/desk/catalogue';
import { dataOf, eventually, type Desk, type Person } from '../support/desk/desk';
import { complaintsOfAxe, openPagesSite, type PagesSite } from '../support/browser/pages';
import { whileLocked } from '../support/desk/streams';
import { longTest } from '../support/size';

let at: PagesSite;

beforeAll(async () => {
  at = await openPagesSite();
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const hourMs = 3_600_000;

/** How far a desk's clock was ahead of the database's when it was opened. */
const firstOffsets = new WeakMap<Desk, number>();

/** A desk in Berlin: an admin who always has access, and one who needs a pass. */
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

/** A pass costs 12.00 now and 13.00 in half an hour: a page that shows the latter has read it again. */
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
  page.getByText(`USD ${amount} a pass before tax`).waitFor();

/** Holds the page's reads of the clock from the next move on, until they are released. */
async function holdClockReads(page: Page): Promise<{ release: () => Promise<void> }> {
  let hasMoved = false;
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const held: Promise<void>[] = [];
  await page.route(apiAddress, async (route) => {
    const body = route.request().postData() ?? '';
    hasMoved ||= body.includes('mutation AdvanceClock');
    if (!hasMoved || !body.includes('query AccountClock')) return route.continue();
    const answer = async () => {
      await released;
      await route.fulfill({ response: await route.fetch() });
    };
    // A read that the page has given up has no route any more.
    const answered = answer().catch(() => {});
    held.push(answered);
    return answered;
  });
  return {
    async release() {
      release();
      await Promise.all(held);
    },
  };
}

const nowOf = async (desk: Desk) => (await desk.ask(desk.admin)).now;

/** How far the clock has been moved. */
const movedMs = async (desk: Desk) => (await offsetMs(desk)) - firstOffsets.get(desk)!;

async function offsetMs(desk: Desk): Promise<number> {
  const [row] = await desk.sql<{ ms: string }>(
    'select test_clock_offset_ms as ms from accounts where id = $1',
  );
  return Number(row!.ms);
}

const hours = async (desk: Desk) => Math.round((await movedMs(desk)) / hourMs);

longTest("the clock runs automatically, from the service's time and not the device's", async () => {
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

test('an hour on: the page says so, reads everything again, and no second move begins meanwhile', async () => {
  const desk = await openDesk();
  await raisePrice(desk);
  const page = await open(desk.admin);
  await price(page, '12.00');
  // As slow as a person, so that the first click has arrived before the second.
  await anHour(page).dblclick({ delay: 150 });
  await strip(page)
    .getByText(/^The clock is now \d+ \w+, \d\d:\d\d in Berlin; no pass ended\.$/)
    .waitFor();
  await price(page, '13.00');
  expect(await hours(desk)).toBe(1);
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
  expect(await hours(desk)).toBe(2);
});

longTest(
  'at midnight the pass in another window ends: the pop-up is back, and every list is read again',
  async () => {
    const desk = await openDesk();
    const agent = await open(desk.odile);
    await agent.getByRole('button', { name: 'Use a day pass' }).click();
    await agent.locator('[part=proceed]').click();
    await agent.getByRole('heading', { name: 'Activity' }).waitFor();

    const page = await open(desk.admin);
    await page.getByRole('row', { name: /^Odile Admin \d+ \w+, / }).waitFor();
    const clockReads = await holdClockReads(page);
    await toMidnight(page).click();
    await page
      .getByRole('menuitem', { name: /00:00 in Berlin\s+Ends the pass of Odile Admin/ })
      .click();
    await page.getByText('No agent is in with a day pass').waitFor();
    // On a busy machine the first read of the clock after the move may be the last answer to come.
    await clockReads.release();
    await clock(page)
      .filter({ hasText: /, 00:00:\d\d in Berlin$/ })
      .waitFor();

    await agent.getByRole('dialog').waitFor();
    expect(await agent.getByRole('heading', { name: 'Activity' }).count()).toBe(0);
    await clock(agent)
      .filter({ hasText: /, 00:00:\d\d in Berlin$/ })
      .waitFor();
    await agent.locator('[part=proceed]').click();
    await page.getByRole('row', { name: /^Odile Admin \d+ \w+, / }).waitFor();
    await strip(page)
      .getByText(/^The clock is now \d+ \w+, 00:00 in Berlin; 1 pass ended\.$/)
      .waitFor();
  },
);

longTest('the admin’s own midnight can be chosen, even if no pass runs', async () => {
  const desk = await openDesk();
  const page = await open(desk.admin);
  await toMidnight(page).click();
  let isLost = true;
  await page.route(apiAddress, async (route) => {
    if (!isLost || !route.request().postData()?.includes('mutation AdvanceClock')) {
      return route.continue();
    }
    isLost = false;
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('menuitem', { name: /00:00 in Berlin\s+Your own midnight/ }).click();
  // The service has moved the clock, although its answer was lost.
  await strip(page)
    .getByText(/00:00 in Berlin; no pass ended\.$/)
    .waitFor();
  expect(isLost).toBe(false);
  expect(await movedMs(desk)).toBeGreaterThan(0);
});

longTest(
  'a clock that was moved in another window shows here, and everything is read again',
  async () => {
    const desk = await openDesk();
    await raisePrice(desk);
    const pages = [await open(desk.admin), await open(desk.admin)] as const;
    await price(pages[1], '12.00');
    await desk.enter(desk.odile);
    await pages[1].getByRole('row', { name: /^Odile Admin \d+ \w+, / }).waitFor();
    await toMidnight(pages[0]).click();
    await pages[0].getByRole('menuitem', { name: /Odile Admin/ }).click();
    await strip(pages[1]).getByText('The clock was moved in another window.').waitFor();
    await clock(pages[1])
      .filter({ hasText: /, 00:00:\d\d in Berlin$/ })
      .waitFor();
    await pages[1].getByText('No agent is in with a day pass').waitFor();
    await price(pages[1], '13.00');
    // No stream reports a move that ends nothing.
    await anHour(pages[0]).click();
    await clock(pages[1])
      .filter({ hasText: /, 01:00:\d\d in Berlin$/ })
      .waitFor();
  },
);

longTest('an admin without access reads what is needed', async () => {
  const desk = await openDesk();
  const page = await open(desk.odile);
  await anHour(page).click();
  await strip(page).getByText('This needs a day pass.').waitFor();
  expect(await movedMs(desk)).toBe(0);
});

longTest('an agent and a contact see the clock and no buttons', async () => {
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

longTest('on a phone it fits, and axe has no complaint, in light and in dark', async () => {
  const desk = await openDesk();
  await desk.enter(desk.odile);
  const page = await open(desk.admin, '/portal/mine', {
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
});

/** A browser of some years ago, before its page's scripts run. */
function makeOld(): void {
  const { DateTimeFormat } = Intl;
  const asItWas = (zone?: string) => {
    if (zone === 'America/Coyhaique') throw new RangeError(`Invalid time zone: ${zone}`);
    return zone === undefined || zone === 'America/Vancouver' ? 'Etc/GMT+8' : zone;
  };
  const Old = function (language?: string, options?: Intl.DateTimeFormatOptions) {
    const format = new DateTimeFormat(language, {
      ...options,
      timeZone: asItWas(options?.timeZone),
    });
    if (options?.timeZone !== undefined) return format;
    const resolved = { ...format.resolvedOptions(), timeZone: 'America/Vancouver' };
    return Object.assign(format, { resolvedOptions: () => resolved });
  };
  Object.assign(Intl, { DateTimeFormat: Old, supportedValuesOf: undefined });
}

longTest(
  'a browser with old zone data, or without a zone, shows what the service sends',
  async () => {
    const desk = await openDesk();
    await desk.sql(`update accounts set time_zone = 'America/Vancouver' where id = $1`);
    const [ada, odile] = await desk.addAgents([
      {
        name: 'Ada Aysén',
        role: 'ACCOUNT_ADMIN',
        type: 'FULL_TIME',
        timeZone: 'America/Coyhaique',
        sections: ['REPORTS', 'TICKETS', 'ADMIN'],
      },
      {
        name: 'Odile Vancouver',
        role: 'ACCOUNT_ADMIN',
        timeZone: 'America/Vancouver',
        sections: ['REPORTS', 'TICKETS'],
      },
    ]);
    // Half past midnight in Vancouver; by its offset of before 2026 it would be the day before.
    await desk.moveClockTo('2036-02-29T07:30:00Z');
    const window = await at.openWindow({ timezoneId: 'America/Vancouver' });
    await window.addInitScript(makeOld);

    const page = await at.openAs(window, odile!, '/admin');
    await page.getByRole('button', { name: 'Use a day pass' }).click();
    const popUp = page.getByRole('dialog');
    await popUp.getByText(/until 00:00 on 1 March 2036 \(Vancouver time\)/).waitFor();
    await page.locator('[part=proceed]').click();
    const running = page.getByRole('row', { name: /^Odile Vancouver 1 Mar, / });
    await running.waitFor();
    const cells = running.getByRole('cell');
    expect((await cells.allInnerTexts()).slice(1, 3)).toEqual(['1 Mar, 00:00', '1 Mar, 00:00']);
    await page.getByText(/^Odile Vancouver used a day pass, until 1 Mar, 00:00$/).waitFor();
    await clock(page)
      .filter({ hasText: /^29 Feb 2036, 00:\d\d:\d\d in Vancouver$/ })
      .waitFor();

    // The account's dates: what was used at half past midnight is of the 29th.
    await page.goto(`${at.site.service.url}/admin/ledger?from=2036-02-29&to=2036-02-29`);
    const used = page.getByRole('row', { name: /Odile Vancouver/ });
    await used.waitFor();
    expect(await used.innerText()).toMatch(/29 Feb 2036\s+00:3\d\s/);
    expect(await used.innerText()).toMatch(/1 Mar 2036\s+00:00\s/);
    await page.goto(`${at.site.service.url}/admin/ledger?from=2036-02-28&to=2036-02-28`);
    await page.getByText('No consumptions match').waitFor();

    const other = await at.openAs(window, ada!, '/admin');
    await clock(other)
      .filter({ hasText: /^29 Feb 2036, 04:3\d:\d\d in Coyhaique$/ })
      .waitFor();
    await toMidnight(other).click();
    await other
      .getByRole('menuitem', { name: /1 Mar, 00:00 in Vancouver\s+Ends the pass of Odile/ })
      .waitFor();
    await other
      .getByRole('menuitem', { name: /1 Mar, 00:00 in Coyhaique\s+Your own midnight/ })
      .click();
    await strip(other).getByText('The clock is now 1 Mar, 00:00 in Coyhaique').waitFor();

    await other.goto(`${at.site.service.url}/admin/agents`);
    await other.getByRole('button', { name: 'Invite an agent' }).click();
    await other.getByRole('combobox', { name: 'Time zone' }).fill('coyhaique');
    await other.getByRole('option', { name: 'America/Coyhaique', exact: true }).waitFor();
  },
);

test.each([
  ['America/Santiago', '2036-09-06T12:00Z', null, 'a day that begins at 01:00'],
  ['Europe/Berlin', '2036-10-25T23:30Z', 'CEST', 'a day of 25 hours'],
  ['America/Havana', '2036-11-01T12:00Z', 'CDT', 'a midnight that happens twice'],
  ['Asia/Kathmandu', '2036-03-01T18:14:59Z', null, 'three quarters of an hour'],
])(
  'the service returns the next midnight: %s at %s (%s), %s',
  async (zone, instant, abbreviation, _why) => {
    const desk = await openDesk();
    await desk.moveClockTo(instant);
    const answer = await at.site.service.request(ZoneDocument, {
      token: desk.admin.bearer,
      variables: { name: zone.toLowerCase(), from: instant, to: instant },
    });
    const ends = endOfLocalDay(Date.parse(await nowOf(desk)), zone);
    expect(dataOf(answer).zone).toEqual({
      name: zone,
      abbreviation,
      nextMidnight: new Date(ends).toISOString(),
      offsetChanges: [writeLocalText(Date.parse(instant), zone)],
    });
  },
);

test('a zone that does not exist is null; a range of more than a hundred years is refused', async () => {
  const desk = await openDesk();
  const ask = (name: string, to: string) =>
    `{ zone(name: "${name}") { offsetChanges(from: "2000-01-01T00:00:00Z", to: "${to}") } }`;
  const { bearer } = desk.admin;
  const none = await send(desk, bearer, ask('Mars/Olympus', '2001-01-01T00:00:00Z'));
  expect(none.data).toEqual({ zone: null });
  const refused = await codeOf(desk, bearer, ask('UTC', '2999-01-01T00:00:00Z'));
  expect(refused).toBe('BAD_USER_INPUT');
});
