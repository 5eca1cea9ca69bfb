import type { BrowserContext, Locator, Page } from 'playwright-core';
import { openTestSite, type Person, type TestSite } from '../desk/desk';
import { openPartnerPortal, type PartnerPortal } from './partner-portal';
import { bounded } from '../desk/socket';
import { openWindows, type Windows } from './windows';

/** The service, a partner's portal and a browser, for one test file. */
export interface GateSite {
  site: TestSite;
  portal: PartnerPortal;
  /** A tab in a window of its own; its agent is the one whose credentials the portal returns. */
  openWindow: Windows['open'];
  /** Opens the portal's page for an agent. Attributes of the gate are given as they are. */
  open(context: BrowserContext, as: Person, attributes?: Record<string, string>): Promise<GatePage>;
  /** Call it after each test; fails if a page wrote an error to its console. */
  closeWindows(): Promise<void>;
  close(): Promise<void>;
}

export async function openGateSite(): Promise<GateSite> {
  const site = await openTestSite({ DAYPASS_ORIGINS: '*' });
  const portal = await openPartnerPortal(site.service.url);
  const windows = await openWindows(`${portal.url}/page.js`);
  return {
    site,
    portal,
    openWindow: windows.open,
    async open(context, person, attributes = {}) {
      portal.bearer = async () => person.bearer;
      const page = await context.newPage();
      const query = new URLSearchParams(attributes);
      await page.goto(`${portal.url}/tickets/7?${query}`);
      return new GatePage(page);
    },
    async closeWindows() {
      portal.endpoint = null;
      await windows.closeAll();
    },
    async close() {
      await windows.close();
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

  /** The events that the gate has sent to the page. */
  told(): Promise<Told[]> {
    return this.page.evaluate(() => (globalThis as unknown as { told: Told[] }).told);
  }

  names = async (): Promise<string[]> => (await this.told()).map(({ name }) => name);

  /** A fact in the pop-up, once it is there. */
  async fact(name: 'balance'): Promise<string> {
    return (await this.page.locator(`[data-fact=${name}]`).innerText()).trim();
  }

  /** Waits until the pop-up shows that fact. */
  async waitForFact(name: 'balance', text: string): Promise<void> {
    const fact = this.page.locator(`[data-fact=${name}]`);
    await bounded(fact.filter({ hasText: new RegExp(`^\\s*${text}\\s*$`) }).waitFor(), text);
  }
}
