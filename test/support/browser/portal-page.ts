import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { UpsertTicketInput } from '../../generated/operations';
import { addTickets } from '../desk/catalogue';
import type { Desk, DeskOptions, Person } from '../desk/desk';
import type { PagesSite } from './pages';

/** An account with tickets that are assigned to one occasional agent, for the portal's pages. */
export interface PortalDesk {
  desk: Desk;
  /** Ana, occasional, in Santiago. */
  ana: Person;
  /** Of the tickets T1, T2, … */
  ticketIds: string[];
}

export async function openPortalDesk(
  at: PagesSite,
  {
    tickets = 1,
    ticket = () => ({}),
    ...options
  }: DeskOptions & {
    tickets?: number;
    ticket?: (at: number, email: string) => Partial<UpsertTicketInput>;
  } = {},
): Promise<PortalDesk> {
  const desk = await at.site.openDesk({ agents: 0, passes: 5, ...options });
  const email = `ana@${desk.slug}.example`;
  const [ana] = await desk.addAgents([{ name: 'Ana Rojas', email, timeZone: 'America/Santiago' }]);
  const written = await addTickets(desk, tickets, (n) => ({
    assigneeEmail: email,
    ...ticket(n, email),
  }));
  return { desk, ana: ana!, ticketIds: written.map(({ id }) => id) };
}

/** The portal as its agent sees it. */
export class PortalPage {
  readonly popUp: Locator;
  readonly proceed: Locator;
  readonly reply: Locator;
  readonly send: Locator;
  readonly replies: Locator;

  constructor(readonly page: Page) {
    this.popUp = page.getByRole('dialog');
    this.proceed = page.getByRole('button', { name: 'Proceed' });
    this.reply = page.getByLabel('Reply', { exact: true });
    this.send = page.getByRole('button', { name: 'Send', exact: true });
    this.replies = page.getByRole('list', { name: 'Replies' }).getByRole('listitem');
  }

  static async open(at: PagesSite, person: Person, path: string, context?: BrowserContext) {
    return new PortalPage(await at.openAs(context ?? (await at.openWindow()), person, path));
  }

  /** The row of a ticket in a list. */
  row(subject: string): Locator {
    return this.page.getByRole('row').filter({ hasText: subject });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  /** Chooses from a list of choices. */
  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: label }).click();
    await this.page.getByRole('option', { name: option }).click();
  }
}

export const deskOf = (ticketId: string): string => `/portal/desk/tickets/${ticketId}`;
