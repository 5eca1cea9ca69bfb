import { source as axe } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { openTestSite, type Person, type TestSite } from '../desk/desk';
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
  const windows = await openWindows();
  return {
    site,
    openWindow: windows.open,
    async openAs(context, { bearer }, path) {
      const page = await context.newPage();
      // As the sign-in leaves it in the tab.
      const session = JSON.stringify(JSON.stringify({ bearer }));
      await page.addInitScript(`
        if (!sessionStorage.getItem('test.signed-in')) {
          sessionStorage.setItem('test.signed-in', 'once');
          sessionStorage.setItem('daypass.session', ${session});
        }`);
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

/** The violations that axe-core finds in a page, as text; empty if there are none. */
export async function complaintsOfAxe(page: Page): Promise<string[]> {
  // A text that is fading in has no contrast yet.
  await page.evaluate(stillness);
  // Not as a script of the page: its policy would refuse it.
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: Violation[] }>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Resolves when nothing moves except endless animations. */
const stillness = `Promise.allSettled(
  document.getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity)
    .map(({ finished }) => finished),
)`;

interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}
