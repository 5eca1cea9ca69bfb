import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../patience';
import { isLong } from '../size';
import { openTestSite, type Person, type TestSite } from '../desk/desk';
import { signInWithin, signOutWithin } from './tab-session';
import { openWindows, type Windows } from './windows';

/** The service with its pages, and a browser, for one test file. */
export interface PagesSite {
  site: TestSite;
  openWindow: Windows['open'];
  /** A tab with a sign-in, at an address of the pages. */
  openAs(context: BrowserContext, person: Person, path: string): Promise<Page>;
  /** Call it after each test; fails if a page wrote an error to its console, unless expected. */
  closeWindows: Windows['closeAll'];
  close(): Promise<void>;
}

export async function openPagesSite(environment: Record<string, string> = {}): Promise<PagesSite> {
  const site = await openTestSite(environment);
  const emptyPage = `${site.service.url}/healthz`;
  const windows = await openWindows(emptyPage, signOutWithin);
  return {
    site,
    openWindow: windows.open,
    async openAs(context, { bearer }, path) {
      const page = await context.newPage();
      if (await signInWithin(page, bearer, path)) return page;
      // As the sign-in leaves it in the tab.
      if (page.url() !== emptyPage) await page.goto(emptyPage);
      const session = JSON.stringify(JSON.stringify({ bearer }));
      await page.evaluate(`sessionStorage.setItem('daypass.session', ${session})`);
      await page.goto(`${site.service.url}${path}`);
      return page;
    },
    closeWindows: windows.closeAll,
    async close() {
      await windows.close();
      await site.close();
    },
  };
}

/** To another address of the loaded page, as a link in it leads there: nothing is loaded again. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

/**
 * The violations that axe-core finds in a page, as text; empty if it finds nothing. Also times in a
 * notation that people do not read: an offset from GMT, an instant of ISO 8601. `npm test` judges the
 * scheme that the page has; the long run judges light and dark, and leaves the page in the other scheme.
 */
export async function complaintsOfAxe(page: Page): Promise<string[]> {
  await page.evaluate(stillness);
  // Not as a script of the page: its policy would refuse it.
  if (!(await page.evaluate('!!window.axe'))) await page.evaluate(axe);
  const complaints = await runAxe(page);
  const rawTimes = await page.evaluate<string[]>(timesForPrograms);
  complaints.push(...rawTimes.map((time) => `a time that only programs read: ${time}`));
  if (!isLong) return complaints;
  const isDark = await page.evaluate<boolean>(`matchMedia('(prefers-color-scheme: dark)').matches`);
  const other = isDark ? 'light' : 'dark';
  await switchTo(page, other);
  // The schemes differ in nothing but colours.
  const ofOther = await runAxe(page, { runOnly: ['color-contrast'] });
  return [...complaints, ...ofOther.map((complaint) => `in ${other}: ${complaint}`)];
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

async function runAxe(page: Page, options: object = {}): Promise<string[]> {
  // Nobody reads what passes, nor its selectors, which take longer than the rules.
  const asked = JSON.stringify({ resultTypes: ['violations'], selectors: false, ...options });
  const { violations, passed } = await page.evaluate<{ violations: Violation[]; passed: number }>(
    `axe.run(${asked}).then(({ violations, passes }) => ({ violations, passed: passes.length }))`,
  );
  // A page that it could not read would have no violation either.
  if (!('runOnly' in options)) expect(passed).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** As if the reader changed the device's colour scheme; resolves when the page has followed. */
async function switchTo(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  const shown = () =>
    page.evaluate(`document.documentElement.getAttribute('data-mantine-color-scheme')`);
  await eventually(async () => expect([colorScheme, null]).toContain(await shown()));
  await page.evaluate(stillness);
}

/** Resolves when nothing moves except endless animations: a text that is fading in has no contrast yet. */
const stillness = `Promise.allSettled(
  document.getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity)
    .map(({ finished }) => finished),
)`;

/** In texts and tooltips; code that a page shows may have them. */
const timesForPrograms = `(() => {
  const all = [...document.body.querySelectorAll('*')].filter(
    (one) => !one.closest('code, pre, script, style'),
  );
  const ownText = (one) => [...one.childNodes].filter((node) => node.nodeType === 3).map(({ data }) => data);
  const texts = all.flatMap((one) => [one.getAttribute('title') ?? '', ...ownText(one)]);
  return texts.join('\\n').match(/GMT[-+−]\\d+|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d/g) ?? [];
})()`;

interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}
