import type { BrowserContext, Locator, Page } from 'playwright-core';
import { startBrowser, type TestBrowser } from './browser';
import { openTestSite, type Person, type TestSite } from './desk';
import { openPartnerPortal, type PartnerPortal } from './partner-portal';
import { bounded } from './socket';

/** The service, a partner's portal and a browser, for one test file. */
export interface GateSite {
  site: TestSite;
  portal: PartnerPortal;
  /** A tab in a window of its own; its agent is whoever the portal gives credentials of. */
  openWindow(
    options?: Parameters<TestBrowser['browser']['newContext']>[0],
  ): Promise<BrowserContext>;
  /** Opens the portal's page for an agent. Attributes of the gate are given as they are. */
  open(context: BrowserContext, as: Person, attributes?: Record<string, string>): Promise<GatePage>;
  /** To be called after each test; fails where a page wrote an error to its console. */
  closeWindows(): Promise<void>;
  close(): Promise<void>;
}

export async function openGateSite(): Promise<GateSite> {
  const site = await openTestSite({ DAYPASS_ORIGINS: '*' });
  const portal = await openPartnerPortal(site.service.url);
  const { browser, close } = await startBrowser();
  const windows: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    site,
    portal,
    async openWindow(options) {
      const context = await browser.newContext({ locale: 'en-GB', ...options });
      context.setDefaultTimeout(20_000);
      windows.push(context);
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      return context;
    },
    async open(context, person, attributes = {}) {
      portal.bearer = async () => person.bearer;
      const page = await context.newPage();
      const query = new URLSearchParams(attributes);
      await page.goto(`${portal.url}/tickets/7?${query}`);
      return new GatePage(page);
    },
    async closeWindows() {
      await Promise.all(windows.splice(0).map((context) => context.close()));
      portal.endpoint = null;
      const lost = /net::ERR_|WebSocket connection to/;
      expect(complaints.splice(0).filter((text) => !lost.test(text))).toEqual([]);
    },
    async close() {
      await close();
      await portal.close();
      await site.close();
    },
  };
}

export interface Told {
  name: string;
  [detail: string]: unknown;
}

/** The page as its agent sees it. */
export class GatePage {
  readonly popUp: Locator;
  readonly proceed: Locator;
  readonly notNow: Locator;
  readonly content: Locator;
  readonly status: Locator;

  constructor(readonly page: Page) {
    this.popUp = page.getByRole('dialog');
    this.proceed = page.locator('[part=proceed]');
    this.notNow = page.locator('[part=not-now]');
    this.content = page.getByText('What is behind the gate.');
    this.status = page.locator('[part=status]');
  }

  async enter(): Promise<void> {
    await this.proceed.click();
    await this.content.waitFor();
  }

  /** What the gate has told the page. */
  told(): Promise<Told[]> {
    return this.page.evaluate(() => (globalThis as unknown as { told: Told[] }).told);
  }

  names = async (): Promise<string[]> => (await this.told()).map(({ name }) => name);

  /** A fact in the pop-up, once it is there. */
  async fact(name: 'balance' | 'price' | 'until'): Promise<string> {
    return (await this.page.locator(`[data-fact=${name}]`).innerText()).trim();
  }

  /** Waits until the pop-up says that fact. */
  async waitForFact(name: 'balance', text: string): Promise<void> {
    const fact = this.page.locator(`[data-fact=${name}]`);
    await bounded(fact.filter({ hasText: new RegExp(`^\\s*${text}\\s*$`) }).waitFor(), text);
  }
}
