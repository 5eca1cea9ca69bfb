import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
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

export async function openWindows(): Promise<Windows> {
  requireFresh('gate', 'pages');
  const { browser, close } = await startBrowser();
  const windows = new Set<BrowserContext>();
  const complaints: string[] = [];
  const make = async (options: BrowserContextOptions = {}) => {
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
    return context;
  };
  // The first plain window of each test is the same one, which has the pages' scripts already.
  let kept: BrowserContext | undefined;
  return {
    async open(options) {
      const isKept = !options && !(kept && windows.has(kept));
      const context = isKept ? (kept ??= await make()) : await make(options);
      windows.add(context);
      return context;
    },
    async closeAll(expected = /^$/) {
      await Promise.all([...windows].map((one) => (one === kept ? empty(one) : one.close())));
      windows.clear();
      const unexpected = complaints
        .splice(0)
        .filter((text) => !lost.test(text) && !expected.test(text));
      expect(unexpected).toEqual([]);
    },
    close,
  };
}

/** As if it were new, save what the browser has loaded. */
async function empty(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => page.close()));
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.setOffline(false);
}
