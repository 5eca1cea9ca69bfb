import type { Page } from 'playwright-core';
import { apiAddress } from '../support/browser/api-address';
import { goWithin, openPagesSite, type PagesSite } from '../support/browser/pages';
import type { Desk } from '../support/desk/desk';
import { eventually } from '../support/patience';
import { longTest } from '../support/size';

/* What surrounds every page: the way past the header, the theme, and what stands while something is read. */

let at: PagesSite;
let desk: Desk;

beforeAll(async () => {
  at = await openPagesSite();
  desk = await at.site.openDesk({ agents: 0, passes: 1_234 });
  desk.agents = await desk.addAgents([{ name: 'Otto Occasional' }]);
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const openAdmin = async (path: string, viewport = { width: 1440, height: 900 }) =>
  at.openAs(await at.openWindow({ viewport }), desk.admin, path);
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const focused = (page: Page) => page.evaluate<string>('document.activeElement.id');

test('the first press of Tab offers the way past the header, and the next one is in the page', async () => {
  const page = await openAdmin('/admin/clients');
  await heading(page, 'Clients').waitFor();
  const skip = page.getByRole('link', { name: 'Skip to content' });
  const top = async () => (await skip.boundingBox())!.y;
  expect(await top()).toBeLessThan(0);
  await page.keyboard.press('Tab');
  expect(await top()).toBeGreaterThanOrEqual(0);
  await page.keyboard.press('Enter');
  expect(await focused(page)).toBe('content');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(`!!document.activeElement.closest('main')`)).toBe(true);
  // The address is still that of the page.
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/admin/clients');
});

const scheme = (page: Page) =>
  page.evaluate<string>(`document.documentElement.getAttribute('data-mantine-color-scheme')`);
const background = (page: Page) =>
  page.evaluate<string>('getComputedStyle(document.body).backgroundColor');

test('the theme is light, dark or that of the device; a reload keeps it, before anything is drawn', async () => {
  const page = await openAdmin('/admin/clients');
  await heading(page, 'Clients').waitFor();
  const choose = async (name: string) => {
    await page.getByRole('banner').getByRole('button').last().click();
    await page.getByRole('menuitemradio', { name }).click();
    await page.keyboard.press('Escape');
  };
  const bright = await background(page);
  await choose('Dark');
  await eventually(async () => expect(await scheme(page)).toBe('dark'));
  const dark = await background(page);
  expect(dark).not.toBe(bright);

  // None of the pages' scripts and styles has come: what a browser would draw now is dark already.
  await page.route('**/assets/**', () => new Promise<void>(() => undefined));
  await page.reload({ waitUntil: 'commit' });
  await eventually(async () => expect(await scheme(page)).toBe('dark'));
  expect(await page.locator('#root > *').count()).toBe(0);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.reload();
  await heading(page, 'Clients').waitFor();
  expect(await background(page)).toBe(dark);

  await choose('Light');
  await eventually(async () => expect(await background(page)).toBe(bright));
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background(page)).toBe(bright);
  // That of the device: it follows at once, and again.
  await choose('System');
  await eventually(async () => expect(await background(page)).toBe(dark));
  await page.emulateMedia({ colorScheme: 'light' });
  await eventually(async () => expect(await background(page)).toBe(bright));
});

/** The sum of what moved without being asked to. Above 0.1 people notice it, says the measure's author. */
const watchShifts = `
  let shifted = 0;
  const add = (entries) => entries.forEach(({ value }) => (shifted += value));
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift' });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  window.takeShifted = async () => {
    // What the last act put into the page is painted in the next frame, and known in the one after.
    await frame();
    await frame();
    add(observer.takeRecords());
    const taken = shifted;
    shifted = 0;
    return taken;
  };
`;

async function expectNothingJumps(viewport: { width: number; height: number }): Promise<void> {
  const page = await openAdmin('/portal/nowhere', viewport);
  // Not the page of the same name without a sign-in, with which a tab may begin.
  await page.getByRole('banner').waitFor();
  await page.evaluate(watchShifts);
  const held: (() => Promise<void>)[] = [];
  await page.route(apiAddress, (route) => void held.push(() => route.continue()));
  const moved: [path: string, by: number][] = [];
  for (const [path, name] of [
    ['/admin', 'Overview'],
    ['/admin/ledger', 'Ledger'],
    ['/admin/agents', 'Agents'],
    ['/admin/audit', 'Audit trail'],
    ['/admin/settings', 'Settings'],
    ['/portal/desk', 'Tickets'],
  ] as const) {
    // From a page that fits into the window; a person's own click may move anything.
    await goWithin(page, '/portal/nowhere');
    await heading(page, 'Page not found').waitFor();
    const takeShifted = () => page.evaluate<number>('takeShifted()');
    await takeShifted();
    await goWithin(page, path);
    await heading(page, name).waitFor();
    await page.locator('main .to-come').first().waitFor();
    // The gate belongs to what is read. The first page of the dashboard loads its script before.
    if (path !== '/portal/desk') await takeShifted();
    // Answers come one after the other, and some ask for more.
    await eventually(async () => {
      await Promise.all(held.splice(0).map((go) => go()));
      expect(await page.locator('.to-come').count()).toBe(0);
    });
    await page.waitForLoadState('networkidle');
    moved.push([path, await takeShifted()]);
  }
  expect(moved.filter(([, by]) => by > 0.1)).toEqual([]);
}

longTest(
  'while a page is read, grey bars stand where it will be, and nothing jumps: on a desktop',
  () => expectNothingJumps({ width: 1440, height: 900 }),
);
longTest(
  'while a page is read, grey bars stand where it will be, and nothing jumps: on a phone',
  () => expectNothingJumps({ width: 390, height: 844 }),
);

longTest(
  'a locale that was changed elsewhere shows when the reader returns, but not under a form that is being filled in',
  async () => {
    const page = await openAdmin('/admin');
    await page.getByText('1,234', { exact: true }).first().waitFor();
    const change = (locale: string) =>
      desk.sql('update accounts set locale = $2 where id = $1', [locale]);
    const comeBack = () =>
      page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
    await change('de-DE');
    await comeBack();
    await page.getByText('1.234', { exact: true }).first().waitFor();

    await goWithin(page, '/admin/settings');
    const name = page.getByLabel('Account name');
    await name.fill('Half a na');
    await change('en-US');
    const read = page.waitForResponse((answer) =>
      /query Viewer\b/.test(answer.request().postData() ?? ''),
    );
    await comeBack();
    await read;
    expect(await name.inputValue()).toBe('Half a na');
    await goWithin(page, '/admin');
    await page.getByText('1,234', { exact: true }).first().waitFor();
  },
);

longTest('a page with times names their zone, and a page without any names none', async () => {
  const page = await openAdmin('/admin/clients');
  const zone = page.getByText('Times in UTC', { exact: true });
  await page.getByText('No clients yet').waitFor();
  expect(await zone.isVisible()).toBe(false);
  await goWithin(page, '/admin/ledger');
  await zone.waitFor();
  await goWithin(page, '/admin/settings');
  await heading(page, 'Settings').waitFor();
  await zone.waitFor({ state: 'hidden' });
});
