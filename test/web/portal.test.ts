import { nodeId } from '../../src/api/node';
import { apiAddress } from '../support/browser/api-address';
import type { BrowserContext, Page } from 'playwright-core';
import { ChangeAgentDocument, RepliesDocument, TakeBackDocument } from '../generated/operations';
import { eventually, type Desk } from '../support/desk/desk';
import { complaintsOfAxe, goWithin, openPagesSite, type PagesSite } from '../support/browser/pages';
import { deskOf, openPortalDesk, PortalPage } from '../support/browser/portal-page';
import { act, advanceTo, agentNode } from '../support/desk/streams';
import { longTest } from '../support/size';

let at: PagesSite;

beforeAll(async () => {
  at = await openPagesSite();
});
afterEach(() => at.closeWindows());
afterAll(() => at.close());

const consumptions = async (desk: Desk) =>
  (await desk.kinds()).filter((kind) => kind === 'DayPassConsumed').length;

async function bodiesOf(desk: Desk, ticketId: string): Promise<string[]> {
  const { ticket } = await act(desk, RepliesDocument, { ticketId });
  return ticket!.replies!.edges.map(({ node }) => node.body);
}

/** What the pages of a window ask the service for, over HTTP and over their sockets. */
function operationsOf(window: BrowserContext): string[] {
  const asked: string[] = [];
  const note = (sent: string | Buffer | null) => {
    const operation = /\b(?:query|mutation|subscription) (\w+)/.exec(String(sent ?? ''));
    if (operation) asked.push(operation[1]!);
  };
  window.on('request', (request) => note(request.postData()));
  window.on('page', (page) =>
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => note(payload))),
  );
  return asked;
}

/** A refusal of a whole request. */
const faultOf = (code: string) => ({
  errors: [{ message: `Refused: ${code}`, extensions: { code } }],
});

const draftsOf = (page: Page) =>
  page.evaluate<string[]>(`Object.keys(localStorage).filter((name) => name.includes('draft'))`);

test('the story: a click on one’s ticket, the pop-up, Proceed, the ticket; at midnight the pop-up is back, and after it the half-written reply', async () => {
  const { desk, ana, ticketIds } = await openPortalDesk(at);
  const portal = await PortalPage.open(at, ana, '/portal');
  await portal.page.getByRole('link', { name: 'About T1' }).click();
  await portal.popUp.getByText('Use a day pass for ticket 1?').waitFor();
  const { passExpiresAt } = await desk.confirmation(ana);
  expect(new URL(portal.page.url()).pathname).toBe(deskOf(ticketIds[0]!));
  expect(await portal.heading(/About T1/).count()).toBe(0);

  await portal.proceed.click();
  await portal.heading('#1 About T1').waitFor();
  await portal.page.getByText(/^Day pass: \d+/).waitFor();
  await portal.reply.fill('I have half');

  await advanceTo(desk, passExpiresAt);
  await portal.popUp.getByText('Your day pass has ended.').waitFor();
  expect(await portal.heading(/About T1/).count()).toBe(0);
  expect(await portal.page.content()).not.toContain('I have half');
  await portal.proceed.click();
  await portal.page.getByText('Your saved draft.').waitFor();
  expect(await portal.reply.inputValue()).toBe('I have half');
  expect(await consumptions(desk)).toBe(2);

  await portal.reply.fill('I have half an answer.');
  await portal.send.click();
  await portal.replies.getByText('I have half an answer.').waitFor();
  expect(await portal.reply.inputValue()).toBe('');
  expect(await draftsOf(portal.page)).toEqual([]);
});

test('a reply shows in another window as it is written, and is announced; a double click on Send writes one; a full-time agent has access without a pop-up', async () => {
  const { desk, ana, ticketIds } = await openPortalDesk(at);
  await desk.enter(ana);
  const there = await PortalPage.open(at, desk.admin, deskOf(ticketIds[0]!));
  await there.page.getByText('No replies yet.').waitFor();
  const here = await PortalPage.open(at, ana, deskOf(ticketIds[0]!));
  await here.reply.fill('On my way.\n\nTen minutes.');
  await here.page.getByRole('button', { name: 'Send and set the status' }).click();
  await here.page.getByRole('menuitem', { name: 'Send and set to Pending' }).click();
  await there.replies.getByText('On my way.').waitFor();
  const said = there.page.getByRole('status').filter({ hasText: 'Ana Rojas replied.' });
  expect(await said.innerText()).toBe('Ana Rojas replied. Status is now Pending.');
  await here.replies.getByText('On my way.').waitFor();
  expect(await here.replies.count()).toBe(1);

  await here.reply.fill('Once.');
  // Both before anything is drawn again.
  await here.send.evaluate((button) => {
    const { click } = button as unknown as { click(): void };
    click.call(button);
    click.call(button);
  });
  await here.replies.getByText('Once.').waitFor();
  await eventually(async () => expect(await here.reply.inputValue()).toBe(''));
  await here.reply.fill('Twice.');
  await here.send.dblclick();
  await here.replies.getByText('Twice.').waitFor();
  expect(await bodiesOf(desk, ticketIds[0]!)).toEqual([
    'On my way.\n\nTen minutes.',
    'Once.',
    'Twice.',
  ]);
});

longTest(
  'a network failure while a reply is sent loses nothing, and the second attempt writes it once',
  async () => {
    const { desk, ana, ticketIds } = await openPortalDesk(at);
    await desk.enter(ana);
    const portal = await PortalPage.open(at, ana, deskOf(ticketIds[0]!));
    await portal.reply.fill('Restarted it.');
    let lost = 0;
    // The service receives it, but the page gets no answer.
    await portal.page.route(apiAddress, async (route) => {
      if (!route.request().postData()?.includes('mutation WriteReply')) return route.continue();
      await route.fetch();
      lost += 1;
      await route.abort();
    });
    await portal.send.click();
    await portal.page.getByText('Your text is saved. Send it again').waitFor();
    expect(await portal.reply.inputValue()).toBe('Restarted it.');
    await portal.page.unroute(apiAddress);
    await portal.page.reload();
    await portal.page.getByText('Your saved draft.').waitFor();
    await portal.send.click();
    await portal.page.getByText('Saved as a draft').waitFor();
    await eventually(async () => expect(await portal.reply.inputValue()).toBe(''));
    expect(lost).toBe(1);
    expect(await bodiesOf(desk, ticketIds[0]!)).toEqual(['Restarted it.']);
  },
);

longTest(
  'a reply whose first answer was lost is written once, whatever its next attempts are refused for',
  async () => {
    const { desk, ana, ticketIds } = await openPortalDesk(at);
    await desk.enter(ana);
    const portal = await PortalPage.open(at, ana, deskOf(ticketIds[0]!));
    // As at an address without TLS. The reload brings it back.
    await portal.page.evaluate('delete Crypto.prototype.randomUUID');
    const refuseNext = ['lost', 'FORBIDDEN', 'DAY_PASS_REQUIRED', 'BAD_USER_INPUT'];
    await portal.page.route(apiAddress, async (route) => {
      const isReply = route.request().postData()?.includes('mutation WriteReply');
      const code = isReply ? refuseNext.shift() : undefined;
      if (code === undefined) return route.continue();
      if (code !== 'lost') return route.fulfill({ json: faultOf(code) });
      await route.fetch();
      await route.abort();
    });
    await portal.reply.fill('Only once.');
    await portal.send.click();
    await portal.page.getByText('Your text is saved. Send it again').waitFor();
    for (const says of ['You don’t have permission', 'This needs a day pass']) {
      await portal.send.click();
      await portal.page.getByText(says).waitFor();
    }
    // The key outlives the page as the draft does.
    await portal.page.reload();
    await portal.page.getByText('Your saved draft.').waitFor();
    await portal.send.click();
    await portal.page.getByText('Refused: BAD_USER_INPUT').waitFor();
    await portal.send.click();
    await eventually(async () => expect(await portal.reply.inputValue()).toBe(''));
    expect(refuseNext).toEqual([]);
    expect(await bodiesOf(desk, ticketIds[0]!)).toEqual(['Only once.']);
  },
);

longTest('a reply that was changed after its answer was lost is a different reply', async () => {
  const { desk, ana, ticketIds } = await openPortalDesk(at);
  await desk.enter(ana);
  const portal = await PortalPage.open(at, ana, deskOf(ticketIds[0]!));
  await portal.page.route(apiAddress, async (route) => {
    if (route.request().postData()?.includes('mutation WriteReply')) {
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  await portal.reply.fill('First.');
  await portal.send.click();
  await portal.page.getByText('Your text is saved. Send it again').waitFor();
  await portal.page.unroute(apiAddress);
  await portal.reply.fill('Second.');
  await portal.send.click();
  await portal.page.getByText('Your first version was already sent').waitFor();
  await portal.send.click();
  await portal.replies.getByText('Second.').waitFor();
  expect(await bodiesOf(desk, ticketIds[0]!)).toEqual(['First.', 'Second.']);
});

test('a contact sees number, subject and status, learns that this is all, and queries nothing gated', async () => {
  const { desk } = await openPortalDesk(at, {
    ticket: () => ({ requesterEmail: 'person@desk.example', description: 'In confidence' }),
  });
  const window = await at.openWindow();
  const asked = operationsOf(window);
  const bearer = await desk.bearer(null);
  const portal = await PortalPage.open(at, { id: '', bearer }, '/portal', window);
  // Nobody told the service a name of theirs.
  const menu = portal.page.getByRole('banner').getByRole('button', { name: 'person@desk.example' });
  expect(await menu.innerText()).toBe('person@desk.example');
  await portal.page.getByRole('link', { name: 'About T1' }).click();
  await portal.popUp.getByText('As a requester you see').waitFor();
  // A ticket has an address of its own, which a reload keeps.
  await portal.page.reload();
  await portal.popUp.getByText('As a requester you see').waitFor();
  expect(await portal.popUp.innerText()).toMatch(/Ticket 1[\s\S]*About T1[\s\S]*Open/);
  await portal.page.keyboard.press('Escape');
  await portal.popUp.waitFor({ state: 'hidden' });
  expect(await portal.page.getByRole('link', { name: 'Agent portal' }).count()).toBe(0);
  expect(asked).toContain('MyTickets');

  // The agent portal's address was typed: nothing is asked that could only be refused.
  await portal.page.goto(`${at.site.service.url}/portal/desk`);
  await portal.page.getByRole('heading', { name: 'The agent portal is for agents' }).waitFor();
  await portal.page.getByRole('link', { name: 'Go to my tickets' }).waitFor();
  expect(asked).not.toContain('WatchGate');
  expect(
    asked.filter((name) => /Ticket|Client|Assignee/.test(name) && name !== 'MyTickets'),
  ).toEqual([]);
  expect(await portal.page.content()).not.toContain('In confidence');
});

longTest(
  'an agent without the section reads that, and gets the pop-up as soon as the section is added',
  async () => {
    const { desk } = await openPortalDesk(at);
    const [agent] = await desk.addAgents([{ sections: ['REPORTS'] }]);
    const portal = await PortalPage.open(at, agent!, '/portal');
    await portal.page.getByText('No tickets are assigned to you').waitFor();
    await portal.page.getByRole('tab', { name: 'Requested by me' }).click();
    await portal.page.getByText('You have no tickets').waitFor();
    await portal.page.getByRole('link', { name: 'Agent portal' }).click();
    await portal.page.getByText('You may not use this part of the service desk.').first().waitFor();
    await portal.page.getByText('No day pass was used.').waitFor();
    await act(desk, ChangeAgentDocument, {
      input: { agentId: agentNode(agent!), sections: ['REPORTS', 'TICKETS'] },
    });
    await portal.proceed.click();
    await portal.heading('Tickets').waitFor();
  },
);

test('with an empty wallet the page says so, and asks as soon as there are passes', async () => {
  const { desk, ana, ticketIds } = await openPortalDesk(at, { passes: 0 });
  const portal = await PortalPage.open(at, ana, deskOf(ticketIds[0]!));
  await portal.page.getByText('No day passes are left.').first().waitFor();
  await portal.page.getByText('This page opens automatically').waitFor();
  await desk.add(1);
  await portal.proceed.click();
  await portal.heading('#1 About T1').waitFor();
});

longTest('a pass that is taken back: the pop-up and the list say by whom and why', async () => {
  const { desk, ana, ticketIds } = await openPortalDesk(at);
  await desk.enter(ana);
  await desk.sql(`update agents set name = 'Wanda Admin' where account_id = $1 and id = $2`, [
    desk.admin.id,
  ]);
  const portal = await PortalPage.open(at, ana, deskOf(ticketIds[0]!));
  await portal.heading('#1 About T1').waitFor();
  const [pass] = await desk.sql<{ id: string }>(
    'select id from consumptions where account_id = $1',
  );
  const consumptionId = nodeId('DayPassConsumption', pass!.id);
  await act(desk, TakeBackDocument, { input: { consumptionId, reason: 'Wrong day' } });
  const why = /Wanda Admin took back your day pass .* Reason: Wrong day\./;
  await portal.popUp.getByText(why).waitFor();
  await portal.page.getByRole('button', { name: 'Not now' }).click();
  await portal.heading('My tickets').waitFor();
  await portal.page.getByRole('status').getByText(why).waitFor();
  expect(await complaintsOfAxe(portal.page)).toEqual([]);
  // With another pass it is of no importance.
  await portal.page.getByRole('link', { name: 'Enter now' }).click();
  await portal.proceed.click();
  await portal.heading('#1 About T1').waitFor();
  expect(await portal.page.getByText(why).count()).toBe(0);
});

longTest('Not now leads back to my tickets, where the gate can be opened again', async () => {
  const { desk, ana, ticketIds } = await openPortalDesk(at);
  const portal = await PortalPage.open(at, ana, '/portal/mine');
  await portal.page.getByRole('link', { name: 'About T1' }).click();
  await portal.page.getByRole('button', { name: 'Not now' }).click();
  await portal.heading('My tickets').waitFor();
  await portal.page.getByText('no day pass was used').waitFor();
  // The focus is back on what opened the pop-up.
  const focused = portal.page.locator('a:focus');
  await eventually(async () => expect(await focused.allInnerTexts()).toEqual(['About T1']));
  expect(await complaintsOfAxe(portal.page)).toEqual([]);
  expect(await consumptions(desk)).toBe(0);
  await portal.page.getByRole('link', { name: 'Enter now' }).click();
  await portal.proceed.click();
  await portal.heading('#1 About T1').waitFor();
  expect(new URL(portal.page.url()).pathname).toBe(deskOf(ticketIds[0]!));
});

longTest(
  'with the keyboard only: from the list through the pop-up to a written reply',
  async () => {
    const { desk, ana, ticketIds } = await openPortalDesk(at);
    const { page, ...portal } = await PortalPage.open(at, ana, '/portal/mine');
    const { keyboard } = page;
    const focused = () =>
      page.evaluate<string>(`(() => {
      let at = document.activeElement;
      while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at.localName + ': ' + (at.labels?.[0] ?? at).textContent.trim();
    })()`);
    const focusedIs = (what: string) => eventually(async () => expect(await focused()).toBe(what));
    await page.getByRole('link', { name: 'About T1' }).focus();
    await keyboard.press('Enter');
    await portal.popUp.waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await focusedIs('button: Proceed');
    await keyboard.press('Enter');
    await portal.reply.waitFor();
    // On from the beginning of what has opened.
    await keyboard.press('Tab');
    await focusedIs('a: My tickets');
    await keyboard.press('Tab');
    await focusedIs('textarea: Reply');
    await keyboard.type('Written by hand.');
    await keyboard.press('Control+Enter');
    await portal.replies.getByText('Written by hand.').waitFor();
    await focusedIs('textarea: Reply');
    expect(await bodiesOf(desk, ticketIds[0]!)).toEqual(['Written by hand.']);
  },
);

longTest(
  'axe finds no violation, and a phone shows every page in its width, in light and in dark',
  async () => {
    const { desk, ana, ticketIds } = await openPortalDesk(at, {
      tickets: 25,
      ticket: (n) => ({
        subject: n === 0 ? `A${'very'.repeat(60)} long word` : `About T${n + 1}`,
        priority: (['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const)[n % 4],
        status: (['OPEN', 'PENDING', 'RESOLVED', 'CLOSED'] as const)[n % 4],
        requesterEmail: 'person@desk.example',
      }),
    });
    // Ana has requested them as well: that is asked of the agent, not of the bearer.
    await desk.sql('update agents set email = $3 where account_id = $1 and id = $2', [
      ana.id,
      'person@desk.example',
    ]);
    const window = await at.openWindow({ viewport: { width: 375, height: 800 } });
    const contact = { id: '', bearer: await desk.bearer(null) };
    const ticket = deskOf(ticketIds[0]!);
    const wrong: string[] = [];
    const look = async (portal: PortalPage, name: string) => {
      const { page } = portal;
      const overflow = await page.evaluate(`document.documentElement.scrollWidth - innerWidth`);
      if (overflow !== 0) wrong.push(`${name}: ${String(overflow)} px too wide`);
      wrong.push(...(await complaintsOfAxe(page)).map((complaint) => `${name}: ${complaint}`));
    };

    const asContact = await PortalPage.open(at, contact, '/portal', window);
    await asContact.page.getByRole('link', { name: 'About T25' }).click();
    await asContact.popUp.getByText('As a requester').waitFor();
    await look(asContact, 'contact');
    await goWithin(asContact.page, '/portal/desk');
    await asContact.page.getByRole('link', { name: 'Go to my tickets' }).waitFor();
    await look(asContact, 'not let in');

    const portal = await PortalPage.open(at, ana, ticket, window);
    await portal.popUp.waitFor();
    await look(portal, 'pop-up');
    await portal.proceed.click();
    await portal.reply.fill('Done.');
    await portal.send.click();
    await portal.replies.getByText('Done.').waitFor();
    await look(portal, 'ticket');
    await goWithin(portal.page, '/portal/desk');
    // On a phone each ticket is a card of two lines.
    const card = portal.page.getByRole('listitem').filter({ hasText: 'About T25' });
    await card.getByText('#25').waitFor();
    expect((await card.boundingBox())!.height).toBeLessThan(80);
    await look(portal, 'list');
    await goWithin(portal.page, '/portal/desk?q=nothing');
    await portal.page.getByText('No tickets match').waitFor();
    await look(portal, 'no match');
    await goWithin(portal.page, '/portal/desk/tickets/nothing');
    await portal.page.getByText('Ticket not found').waitFor();
    await look(portal, 'no ticket');
    await goWithin(portal.page, '/portal/mine?of=requested');
    await card.getByText('#25').waitFor();
    expect((await card.boundingBox())!.height).toBeLessThan(80);
    await look(portal, 'mine');
    expect(wrong).toEqual([]);
  },
);
