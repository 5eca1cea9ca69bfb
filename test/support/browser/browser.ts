import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { createTestFolder } from '../folder';
import { fromRunHost } from '../jest/run-host';

/** A browser for one test file. */
export interface TestBrowser {
  browser: Browser;
  close(): Promise<void>;
}

/** Where a Chromium may be installed. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const args = [
  // Tests also run as root, whom Chromium gives no sandbox. The pages are our own.
  ...['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  // The pages of a window share a process, which has compiled their scripts.
  '--process-per-site',
];
/** A page is used for a second or two: optimizing its code costs more than it saves. */
const argsOfTests = ['--js-flags=--no-opt,--no-maglev'];

/**
 * Starts Chromium: that of CHROME_PATH, else an installed one, else the one from npm, which
 * CHROME_PATH=npm chooses. Fails if no browser is found, because behaviour in browsers must be tested.
 * `isMeasured`: it runs scripts as fast as that of a person.
 */
export async function startBrowser({
  isMeasured = false,
}: { isMeasured?: boolean } = {}): Promise<TestBrowser> {
  const folder = createTestFolder();
  const given = process.env.CHROME_PATH;
  const found = given && given !== 'npm' ? given : given ? undefined : installed.find(existsSync);
  const from = found ? { executablePath: found, libraries: '' } : await fromNpm();
  const { PATH, HOME } = process.env as Record<string, string>;
  try {
    const launch = () =>
      chromium.launch({
        executablePath: from.executablePath,
        args: isMeasured ? args : [...args, ...argsOfTests],
        env: { PATH: PATH!, HOME: HOME!, TMPDIR: folder.path, LD_LIBRARY_PATH: from.libraries },
      });
    // Chromium itself crashed once while it started, on a machine that was short of memory.
    const browser = await launch().catch(launch);
    return {
      browser,
      async close() {
        await browser.close();
        folder.remove();
      },
    };
  } catch (error) {
    folder.remove();
    throw error;
  }
}

async function fromNpm(): Promise<{ executablePath: string; libraries: string }> {
  return JSON.parse(await fromRunHost('chromium'));
}
