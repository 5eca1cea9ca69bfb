import type { Page } from 'playwright-core';
import { words } from '../../../src/web/words';

/*
 * A load of the pages costs half a second of a core, and most tests are not about it. So one person after
 * another uses a tab whose pages are loaded: the first signs out, the next signs in, as on a shared
 * computer. What a test does with `reload` or a second tab loads the pages.
 */

/** Leaves a tab signed out, at an address without a page; false if it shows none of our pages. */
export function signOutWithin(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`(async () => {
    ${inPage}
    const sessions = await loadedSessions();
    if (!sessions) return false;
    go('/nowhere');
    if (!(await isAtRest())) return false;
    sessions.end('SIGNED_OUT');
    localStorage.clear();
    sessionStorage.clear();
    return true;
  })()`);
}

/** Signs a person in at an address, in a tab that `signOutWithin` has left; else returns false. */
export function signInWithin(page: Page, bearer: string, path: string): Promise<boolean> {
  return page.evaluate<boolean>(`(async () => {
    ${inPage}
    const sessions = await loadedSessions();
    if (!sessions || sessions.current || document.title !== restTitle) return false;
    go(${JSON.stringify(path)});
    sessions.begin(${JSON.stringify(bearer)});
    return true;
  })()`);
}

/** More than a page needs to show that an address has no page; then the tab loads its next page. */
const restMs = 10_000;

const inPage = `
  const restTitle = ${JSON.stringify(words.ui.tabTitle(words.ui.notFound.title))};
  // The module that the sign-in and all pages share, and which the build keeps in a file of its own.
  const loadedSessions = async () => {
    const script = performance.getEntriesByType('resource')
      .find(({ name }) => /\\/assets\\/session-[^/]*\\.js$/.test(name));
    return script && Object.values(await import(script.name)).find((one) => one.begin && one.end);
  };
  const go = (path) => {
    history.pushState({}, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  };
  const isAtRest = async () => {
    for (const endsAt = performance.now() + ${restMs}; performance.now() < endsAt;) {
      if (document.title === restTitle) return true;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return false;
  };
`;
