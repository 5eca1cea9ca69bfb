import { apiAddress } from '../support/browser/api-address';
import { addClients, upsertTickets, ticketInput } from '../support/desk/catalogue';
import { ReplyDocument } from '../generated/operations';
import { newId } from '../../src/core/ids';
import { eventually } from '../support/desk/desk';
import { goWithin, openPagesSite, type PagesSite } from '../support/browser/pages';
import { deskOf, openPortalDesk, PortalPage } from '../support/browser/portal-page';
import { act, advanceTo } from '../support/desk/streams';
import { longTest } from '../support/size';

let at: PagesSite;

beforeAll(async () => {
  at = await openPagesSite();
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const asked = (portal: PortalPage) =>
  Object.fromEntries(new URL(portal.page.url()).searchParams.entries());

longTest(
  'a search is in the address: a reload and the way back from a ticket show the same',
  async () => {
    const { desk, ana } = await openPortalDesk(at, { tickets: 4 });
    await addClients(desk, 'C1', 'C2');
    await upsertTickets(desk, [
      ticketInput('T1', { subject: 'Printer jams', clientExternalId: 'C1' }),
      ticketInput('T2', { subject: 'Printer on fire', clientExternalId: 'C2', status: 'PENDING' }),
      ticketInput('T3', { subject: 'Printer hums', clientExternalId: 'C2', status: 'PENDING' }),
      ticketInput('T4', { subject: 'Phone hums', clientExternalId: 'C2', status: 'PENDING' }),
      ticketInput('T5', { subject: 'Printer sings', clientExternalId: 'C2', status: 'PENDING' }),
    ]);
    await desk.enter(ana);
    const portal = await PortalPage.open(at, ana, '/portal/desk');
    await portal.row('Phone hums').waitFor();
    await portal.page.getByLabel('Search').fill('printer');
    await portal.row('Phone hums').waitFor({ state: 'detached' });
    await portal.choose('Status', 'Pending');
    await portal.row('Printer jams').waitFor({ state: 'detached' });
    await portal.choose('Assignee', 'Me');
    await portal.row('Printer sings').waitFor({ state: 'detached' });
    await portal.choose('Client', 'Client C2');
    expect(asked(portal)).toMatchObject({ q: 'printer', status: 'PENDING', assignee: 'me' });

    await portal.page.reload();
    await portal.page.getByText('2 in total').waitFor();
    expect(await portal.page.getByLabel('Search').inputValue()).toBe('printer');
    const client = portal.page.getByRole('combobox', { name: 'Client' });
    await eventually(async () => expect(await client.inputValue()).toBe('Client C2'));
    await portal.page.getByRole('link', { name: 'Printer on fire' }).click();
    await portal.heading('#2 Printer on fire').waitFor();
    await portal.page.reload();
    await portal.heading('#2 Printer on fire').waitFor();
    await portal.page.getByRole('link', { name: 'Tickets', exact: true }).click();
    await portal.page.getByText('2 in total').waitFor();
    await portal.page.getByRole('button', { name: 'Clear filters' }).click();
    await portal.page.getByText('5 in total').waitFor();
    expect(await portal.page.getByLabel('Search').inputValue()).toBe('');
    expect(asked(portal)).toEqual({});

    for (const [view, subject] of [
      ['Unassigned', 'Printer sings'],
      ['Open, of my clients', 'Printer jams'],
    ] as const) {
      await portal.page.getByRole('link', { name: view }).click();
      await portal.page.getByText('1 in total').waitFor();
      await portal.row(subject).waitFor();
      await portal.page.locator('[aria-current=page]').getByText(view).waitFor();
    }
    await portal.page.getByRole('link', { name: 'All', exact: true }).click();
    await portal.page.getByText('5 in total').waitFor();
    await portal.page.getByLabel('Search').fill('#4');
    await portal.page.getByText('1 in total').waitFor();
    await portal.row('Phone hums').waitFor();
    await portal.page.getByLabel('Search').fill('');
    await portal.page.getByText('5 in total').waitFor();

    const { keyboard } = portal.page;
    const focused = portal.page.locator('main :focus');
    // In a field a letter is a letter.
    await keyboard.type('jj');
    expect(await portal.page.getByLabel('Search').inputValue()).toBe('jj');
    await portal.page.getByText('No tickets match').waitFor();
    await portal.page.getByLabel('Search').fill('');
    await portal.page.getByText('5 in total').waitFor();
    await portal.heading('Tickets').click();
    await keyboard.press('j');
    await keyboard.press('j');
    expect(await focused.innerText()).toBe('Phone hums');
    await keyboard.press('k');
    expect(await focused.innerText()).toBe('Printer sings');
    await keyboard.press('?');
    await portal.popUp.getByRole('switch', { name: 'Use these keys' }).uncheck();
    await keyboard.press('Escape');
    await portal.popUp.waitFor({ state: 'hidden' });
    await keyboard.press('j');
    expect(await portal.page.getByRole('link', { name: 'Phone hums' }).evaluate(isFocused)).toBe(
      false,
    );
  },
);

const isFocused = (element: { matches(selector: string): boolean }) => element.matches(':focus');

longTest('order and page are in the address too', async () => {
  const { desk } = await openPortalDesk(at, { tickets: 45 });
  const portal = await PortalPage.open(at, desk.admin, '/portal/desk');
  await portal.row('About T45').waitFor();
  await portal.page.getByRole('button', { name: 'Number' }).click();
  await portal.row('About T20').waitFor();
  await portal.page.getByRole('button', { name: 'Next' }).click();
  await portal.row('About T40').waitFor();
  await portal.page.reload();
  await portal.row('About T40').waitFor();
  const number = portal.page.getByRole('columnheader', { name: 'Number' });
  expect(await number.getAttribute('aria-sort')).toBe('ascending');
  await portal.page.getByRole('button', { name: 'Previous' }).click();
  await portal.row('About T20').waitFor();
  // Another order is another list, from its beginning.
  await portal.page.getByRole('button', { name: 'Next' }).click();
  await portal.row('About T40').waitFor();
  await portal.page.getByRole('button', { name: 'Updated' }).click();
  await portal.row('About T1').first().waitFor();
  expect(asked(portal)).toEqual({ sort: 'UPDATED_AT', direction: 'ASC' });
});

longTest('no ticket at all, no match, and an address that was cut', async () => {
  const desk = await at.site.openDesk();
  const portal = await PortalPage.open(at, desk.admin, '/portal/desk');
  await portal.page.getByText('No tickets yet').waitFor();
  await portal.page.getByLabel('Search').fill('anything');
  await portal.page.getByText('No tickets match').waitFor();
  await portal.page.goto(`${at.site.service.url}/portal/desk?client=cut&status=NONE`);
  await portal.page.getByText('This address is not valid').waitFor();
  await portal.page.getByRole('button', { name: 'Show all tickets' }).click();
  await portal.page.getByText('No tickets yet').waitFor();
});

longTest(
  'a change shows in another window; a person who chose in the meantime sees it before saving',
  async () => {
    const { desk, ana, ticketIds } = await openPortalDesk(at);
    await desk.enter(ana);
    const here = await PortalPage.open(at, ana, deskOf(ticketIds[0]!));
    const there = await PortalPage.open(at, desk.admin, deskOf(ticketIds[0]!));
    await there.page.getByRole('combobox', { name: 'Status' }).click();
    await here.choose('Status', 'Pending');
    const said = there.page.getByRole('status').filter({ hasText: 'Status is now Pending.' });
    await said.waitFor();
    await there.page.getByRole('option', { name: 'Closed' }).click();
    await there.page.getByText('Somebody else has just set this to Pending.').waitFor();
    await there.choose('Status', 'Closed');
    await here.page.getByText('Status is now Closed.').waitFor();
    await there.choose('Priority', 'Urgent');
    await here.page.getByText('Priority is now Urgent.').waitFor();
    await there.page.getByRole('button', { name: 'Assign to me' }).click();
    await here.page.getByText('Assignee is now A. Person.').waitFor();
    // Looked for by name.
    await there.page.getByRole('combobox', { name: 'Assignee' }).fill('ana');
    await there.page.getByRole('option', { name: 'Ana Rojas' }).click();
    await here.page.getByText('Assignee is now Ana Rojas.').waitFor();
    await there.page.getByRole('button', { name: 'Unassign' }).click();
    await here.page.getByText('Assignee is now nobody.').waitFor();
  },
);

longTest('a change that fails is reported at its field, which shows the stored value', async () => {
  const { desk, ticketIds } = await openPortalDesk(at);
  const portal = await PortalPage.open(at, desk.admin, deskOf(ticketIds[0]!));
  await portal.reply.waitFor();
  await portal.page.route(apiAddress, (route) =>
    route.request().postData()?.includes('mutation ChangeTicket')
      ? route.abort()
      : route.continue(),
  );
  await portal.choose('Status', 'Resolved');
  await portal.page.getByText('The service did not answer.').waitFor();
  const status = portal.page.getByRole('combobox', { name: 'Status' });
  expect(await status.inputValue()).toBe('Open');
  await portal.page.unroute(apiAddress);
  await portal.choose('Status', 'Resolved');
  await portal.page.getByText('Status is now Resolved.').waitFor();
});

test('an agent with access opens one ticket after another without a pop-up; at midnight it is for the present one', async () => {
  const { desk, ana } = await openPortalDesk(at, { tickets: 2 });
  const portal = await PortalPage.open(at, ana, '/portal/desk');
  await portal.popUp.getByText('Use a day pass?').waitFor();
  const { passExpiresAt } = await desk.confirmation(ana);
  await portal.proceed.click();
  await portal.page.getByRole('link', { name: 'About T1' }).click();
  await portal.heading('#1 About T1').waitFor();
  await portal.page.getByRole('link', { name: 'Tickets', exact: true }).click();
  await portal.page.getByRole('link', { name: 'About T2' }).click();
  await portal.heading('#2 About T2').waitFor();
  expect(await desk.balance()).toBe(4);

  await advanceTo(desk, passExpiresAt);
  await portal.popUp.getByText('Use a day pass for ticket 2?').waitFor();
  await portal.proceed.click();
  await portal.heading('#2 About T2').waitFor();
  expect(await desk.balance()).toBe(3);
});

longTest('of a long conversation the end is shown, and more on request', async () => {
  const { desk, ticketIds } = await openPortalDesk(at);
  const write = (body: string) =>
    act(desk, ReplyDocument, {
      input: { ticketId: ticketIds[0]!, body, idempotencyKey: newId() },
    });
  for (let n = 1; n <= 25; n += 1) await write(`Reply ${n}.`);
  const portal = await PortalPage.open(at, desk.admin, deskOf(ticketIds[0]!));
  await portal.page.getByText('20 of 25').waitFor();
  expect(await portal.replies.first().innerText()).toContain('Reply 6.');
  await portal.page.getByRole('button', { name: 'Show earlier replies' }).click();
  await portal.replies.getByText('Reply 1.', { exact: true }).waitFor();
  await write('Reply 26.');
  await portal.replies.getByText('Reply 26.').waitFor();
  expect(await portal.replies.count()).toBe(26);
  expect(await portal.replies.last().innerText()).toContain('Reply 26.');
});

test('a ticket that does not exist is reported, and costs nothing', async () => {
  const { desk, ana, ticketIds } = await openPortalDesk(at);
  const other = await openPortalDesk(at);
  const portal = await PortalPage.open(at, ana, deskOf(other.ticketIds[0]!));
  await portal.page.getByText('This ticket was not found.').first().waitFor();
  await portal.page.getByRole('link', { name: 'All tickets' }).click();
  await portal.proceed.click();
  await portal.row('About T1').waitFor();
  // An agent with access is not asked again, and is informed even so.
  await goWithin(portal.page, deskOf(other.ticketIds[0]!));
  await portal.page.getByText('Ticket not found').waitFor();
  await goWithin(portal.page, deskOf(ticketIds[0]!));
  await portal.heading('#1 About T1').waitFor();
  expect(await desk.balance()).toBe(4);
});
