import type { BrowserContext } from 'playwright-core';
import { startBrowser, type TestBrowser } from './browser';

/** A browser's windows, for one test file. What a page complains of in its console fails the test. */
export interface Windows {
  open(options?: Parameters<TestBrowser['browser']['newContext']>[0]): Promise<BrowserContext>;
  /** To be called after each test; fails where a page wrote an error to its console, unless expected. */
  closeAll(expected?: RegExp): Promise<void>;
  close(): Promise<void>;
}

/** A network that a test cuts, and a bearer that is refused, are complained of by the browser itself. */
const lost = /net::ERR_|WebSocket connection to|status of 401/;

export async function openWindows(): Promise<Windows> {
  const { browser, close } = await startBrowser();
  const windows: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    async open(options) {
      const context = await browser.newContext({
        locale: 'en-GB',
        // Nothing to wait for, and nothing half-seen.
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(20_000);
      windows.push(context);
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      return context;
    },
    async closeAll(expected = /^$/) {
      await Promise.all(windows.splice(0).map((context) => context.close()));
      const unexpected = complaints
        .splice(0)
        .filter((text) => !lost.test(text) && !expected.test(text));
      expect(unexpected).toEqual([]);
    },
    close,
  };
}
