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
 * scripts. Between the tests the tab is at `emptyPage`, a quick address on the site of the pages, or
 * where `rest` leaves it, which returns whether it could.
 */
export async function openWindows(
  emptyPage?: string,
  rest: (page: Page) => Promise<boolean> = () => Promise.resolve(false),
): Promise<Windows> {
  requireFresh('gate', 'pages');
  const { browser, close } = await startBrowser();
  const complaints: string[] = [];
  const make = async (kind: string, options: BrowserContextOptions): Promise<Window> => {
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
    return notingChanges({ context, kind, options, viewport: desktop, isChanged: false });
  };
  const used: Window[] = [];
  const idle: Window[] = [];
  return {
    async open({ viewport, ...options } = {}) {
      const kind = JSON.stringify(options);
      const at = idle.findIndex((window) => window.kind === kind);
      const window = idle.splice(at, at < 0 ? 0 : 1)[0] ?? (await make(kind, options));
      window.viewport = viewport ?? desktop;
      used.push(window);
      return window.context;
    },
    async closeAll(expected = /^$/) {
      const windows = used.splice(0);
      // A page that has written an error may be broken: the next test loads its own.
      const restOf = complaints.length === 0 ? rest : undefined;
      await Promise.all(windows.map((window) => end(window, emptyPage, restOf)));
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
  /** The options that a window keeps for good. */
  kind: string;
  options: BrowserContextOptions;
  /** The size of its tabs, which each test chooses. */
  viewport: NonNullable<BrowserContextOptions['viewport']>;
  /** Whether a test did to it what lasts. */
  isChanged: boolean;
  /** The tab at the empty page, for the next test. */
  stays?: Page;
}

const desktop = { width: 1280, height: 720 };

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
    const page = stays && !isChanged ? stays : await newPage();
    await page.setViewportSize(window.viewport);
    return page;
  };
  return window;
}

/** Closes the window, or makes it as if it were new. */
async function end(
  window: Window,
  emptyPage?: string,
  rest?: (page: Page) => Promise<boolean>,
): Promise<void> {
  const { context } = window;
  const [first, ...others] = context.pages();
  if (window.isChanged || !first || !emptyPage) {
    window.stays = undefined;
    return context.close();
  }
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.setOffline(false);
  await context.clearCookies();
  await context.clearPermissions();
  await Promise.all(others.map((page) => page.close()));
  await first.unrouteAll({ behavior: 'ignoreErrors' });
  if (!(await rest?.(first).catch(() => false))) {
    await first.goto(emptyPage);
    await first.evaluate('localStorage.clear(); sessionStorage.clear()');
  }
  const { colorScheme = 'light' } = window.options;
  await first.emulateMedia({ colorScheme, media: 'screen' });
  await first.mouse.move(0, 0);
  window.stays = first;
}
