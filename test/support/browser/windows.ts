import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from './browser';
import { requireFresh } from '../built';
import { hangMs } from '../patience';

/** A browser's windows, for one test file. An error in a page's console fails the test. */
export interface Windows {
  open(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Call it after each test; fails if a page wrote an error to its console, unless expected. */
  closeAll(expected?: RegExp): Promise<void>;
  close(): Promise<void>;
}

/** A network that a test cuts, and a bearer that is refused, are complained of by the browser itself. */
const lost = /net::ERR_|WebSocket connection to|status of 401/;

/**
 * A window serves one test after another that asks for the same options, and so does its first tab, as
 * if they were new, save what the browser has loaded: the process of the pages has compiled their
 * scripts. Between the tests the tab is at `emptyPage`, a quick address on the site of the pages.
 */
export async function openWindows(emptyPage?: string): Promise<Windows> {
  requireFresh('gate', 'pages');
  const { browser, close } = await startBrowser();
  const complaints: string[] = [];
  const make = async (options: BrowserContextOptions): Promise<Window> => {
    const context = await browser.newContext({
      locale: 'en-GB',
      // Nothing to wait for, and nothing half-seen.
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(hangMs);
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    return notingChanges({ context, options, isChanged: false });
  };
  const used: Window[] = [];
  const idle: Window[] = [];
  return {
    async open(options = {}) {
      const kind = JSON.stringify(options);
      const at = idle.findIndex((window) => JSON.stringify(window.options) === kind);
      const window = idle.splice(at, at < 0 ? 0 : 1)[0] ?? (await make(options));
      used.push(window);
      return window.context;
    },
    async closeAll(expected = /^$/) {
      const windows = used.splice(0);
      await Promise.all(windows.map((window) => end(window, emptyPage)));
      idle.push(...windows.filter(({ stays }) => stays));
      const unexpected = complaints
        .splice(0)
        .filter((text) => !lost.test(text) && !expected.test(text));
      expect(unexpected).toEqual([]);
    },
    close,
  };
}

interface Window {
  context: BrowserContext;
  options: BrowserContextOptions;
  /** Whether a test did to it what lasts. */
  isChanged: boolean;
  /** The tab at the empty page, for the next test. */
  stays?: Page;
}

/** What a test does to a window and cannot take back. */
const lasting = [
  'addInitScript',
  'exposeBinding',
  'exposeFunction',
  'on',
  'routeWebSocket',
] as const;

function notingChanges(window: Window): Window {
  for (const name of lasting) {
    const method = window.context[name].bind(window.context) as (...of: unknown[]) => unknown;
    const noting = (...given: unknown[]) => {
      window.isChanged = true;
      return method(...given);
    };
    Object.assign(window.context, { [name]: noting });
  }
  const newPage = window.context.newPage.bind(window.context);
  window.context.newPage = async () => {
    const { stays, isChanged } = window;
    window.stays = undefined;
    return stays && !isChanged ? stays : newPage();
  };
  return window;
}

/** Closes the window, or makes it as if it were new. */
async function end(window: Window, emptyPage?: string): Promise<void> {
  const { context } = window;
  const [first, ...others] = context.pages();
  if (window.isChanged || !first || !emptyPage) {
    window.stays = undefined;
    return context.close();
  }
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.setOffline(false);
  await context.clearCookies();
  await Promise.all(others.map((page) => page.close()));
  await first.unrouteAll({ behavior: 'ignoreErrors' });
  await first.goto(emptyPage);
  await first.evaluate('localStorage.clear(); sessionStorage.clear()');
  const { viewport = { width: 1280, height: 720 }, colorScheme = 'light' } = window.options;
  if (viewport) await first.setViewportSize(viewport);
  await first.emulateMedia({ colorScheme, media: 'screen' });
  await first.mouse.move(0, 0);
  window.stays = first;
}
