import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  ChangeAgentDocument,
  ConvertDocument,
  DeactivateDocument,
  WatchEventsDocument,
  WatchExpiriesDocument,
  WatchTicketDocument,
  WatchWalletDocument,
  ImportTicketsDocument,
  TakeBackDocument,
  TouchTicketDocument,
  WhereItStandsDocument,
} from '../generated/operations';
import type { Desk } from '../support/desk/desk';
import {
  act,
  advanceTo,
  agentNode,
  openStreamSite,
  whileLocked,
  type StreamSite,
} from '../support/desk/streams';

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});

afterEach(() => at.closeSockets());
afterAll(() => at.close());

const printer = {
  externalId: 'ext-1',
  subject: 'A printer',
  requesterName: 'R.',
  requesterEmail: 'r@desk.example',
};

async function importTicket(desk: Desk, change: object = {}): Promise<string> {
  const tickets = [{ ...printer, ...change }];
  const { upsertTickets } = await act(desk, ImportTicketsDocument, { tickets });
  expect(upsertTickets?.userErrors).toEqual([]);
  return upsertTickets!.tickets![0]!.id;
}

/** A desk with an occasional admin who has access. */
async function openWithOccasionalAdmin() {
  const desk = await at.site.openDesk({ passes: 3 });
  const [chief] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN', timeZone: 'Asia/Kathmandu' }]);
  const { consumption } = await desk.enter(chief!);
  const { account } = await act(desk, WhereItStandsDocument, {});
  return { desk, chief: chief!, consumption, after: account.journalCursor };
}

describe('the journal of an occasional admin', () => {
  test('ends with the pass, by one fault, and the socket lives', async () => {
    const { desk, chief, consumption, after } = await openWithOccasionalAdmin();
    const socket = at.connect(chief, at.there);
    const events = socket.subscribe(WatchEventsDocument, { after });
    const expiries = socket.subscribe(WatchExpiriesDocument);
    await desk.add(1);
    expect((await events.next()).dayPassEvents.__typename).toBe('DayPassesGranted');
    await advanceTo(desk, consumption.expiresAt);
    expect(await events.fault()).toBe('DAY_PASS_REQUIRED');
    expect(await expiries.fault()).toBe('DAY_PASS_REQUIRED');

    // Streams that need no pass continue on the same socket, and the journal again with the next
    // one.
    const wallet = socket.subscribe(WatchWalletDocument);
    expect((await wallet.next()).dayPassWalletChanged.balance).toBe(3);
    await desk.enter(chief);
    const again = socket.subscribe(WatchEventsDocument, { after });
    expect((await again.next()).dayPassEvents.sequence).toBe(3);
  });

  test('ends at midnight even if the end of the pass cannot be written', async () => {
    const { desk, chief, consumption, after } = await openWithOccasionalAdmin();
    await desk.moveClockTo(consumption.expiresAt, -1_500);
    await whileLocked(desk, async () => {
      const events = at.connect(chief, at.there).subscribe(WatchEventsDocument, { after });
      expect(await events.fault()).toBe('DAY_PASS_REQUIRED');
    });
  });

  test('ends when the pass is reversed', async () => {
    const { desk, chief, consumption, after } = await openWithOccasionalAdmin();
    const events = at.connect(chief, at.there).subscribe(WatchEventsDocument, { after });
    await desk.add(1);
    await events.next();
    const input = { consumptionId: consumption.id, reason: 'A slip' };
    await act(desk, TakeBackDocument, { input });
    expect(await events.fault()).toBe('DAY_PASS_REQUIRED');
  });
});

describe('streams of an admin', () => {
  async function withTwoStreams() {
    const desk = await at.site.openDesk({ passes: 1 });
    const [second] = await desk.addAgents([{ type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' }]);
    const { account } = await act(desk, WhereItStandsDocument, {});
    const after = account.journalCursor;
    const streams = [at.here, at.there].map((service) =>
      at.connect(second!, service).subscribe(WatchEventsDocument, { after }),
    );
    await desk.add(1);
    for (const stream of streams) await stream.next();
    return { desk, streams, agentId: agentNode(second!) };
  }

  test('end on every process when the admin is deactivated, and no event comes after', async () => {
    const { desk, streams, agentId } = await withTwoStreams();
    await act(desk, DeactivateDocument, { input: { agentId } });
    await desk.add(1);
    // `fault` fails if a message came before it.
    for (const stream of streams) expect(await stream.fault()).toBe('FORBIDDEN');
  });

  test('end on every process when the admin is no longer an admin', async () => {
    const { desk, streams, agentId } = await withTwoStreams();
    await act(desk, ChangeAgentDocument, { input: { agentId, role: 'AGENT' } });
    await desk.add(1);
    for (const stream of streams) expect(await stream.fault()).toBe('FORBIDDEN');
  });

  test('end on every process when the admin becomes occasional and has no pass', async () => {
    const { desk, streams, agentId } = await withTwoStreams();
    await act(desk, ConvertDocument, { input: { agentId, type: 'OCCASIONAL' } });
    for (const stream of streams) expect(await stream.fault()).toBe('DAY_PASS_REQUIRED');
  });
});

test("a mere agent's own streams end when the agent is deactivated", async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const socket = at.connect(desk.agent, at.there);
  const wallet = socket.subscribe(WatchWalletDocument);
  await wallet.next();
  const expiries = socket.subscribe(WatchExpiriesDocument);
  await act(desk, DeactivateDocument, { input: { agentId: agentNode(desk.agent) } });
  expect(await wallet.fault()).toBe('FORBIDDEN');
  expect(await expiries.fault()).toBe('FORBIDDEN');
});

describe('a ticket on the screen', () => {
  async function openTicket() {
    const desk = await at.site.openDesk({ passes: 2 });
    const id = await importTicket(desk);
    const { consumption } = await desk.enter(desk.agent);
    const ticket = at.connect(desk.agent, at.there).subscribe(WatchTicketDocument, { id });
    expect((await ticket.next()).ticketChanged).toEqual({
      number: 1,
      subject: 'A printer',
      status: 'OPEN',
      priority: 'MEDIUM',
    });
    return { desk, id, ticket, consumption };
  }

  test('is sent as it is, then each newer state, after any write', async () => {
    const { desk, id, ticket } = await openTicket();
    await act(desk, TouchTicketDocument, { input: { ticketId: id, status: 'PENDING' } });
    expect((await ticket.next()).ticketChanged).toMatchObject({ status: 'PENDING' });
    // Neither what changes nothing nor another ticket is a newer state.
    await act(desk, TouchTicketDocument, { input: { ticketId: id, status: 'PENDING' } });
    await importTicket(desk, { externalId: 'ext-2', subject: 'Another' });
    await importTicket(desk, { subject: 'A plotter' });
    expect((await ticket.next()).ticketChanged).toMatchObject({
      subject: 'A plotter',
      status: 'PENDING',
    });
  });

  test('ends when the section is removed', async () => {
    const { desk, ticket } = await openTicket();
    const input = { agentId: agentNode(desk.agent), sections: ['REPORTS' as const] };
    await act(desk, ChangeAgentDocument, { input });
    expect(await ticket.fault()).toBe('FORBIDDEN');
  });

  test('ends with the pass', async () => {
    const { desk, ticket, consumption } = await openTicket();
    await advanceTo(desk, consumption.expiresAt);
    expect(await ticket.fault()).toBe('DAY_PASS_REQUIRED');
  });

  test("is refused if it is another account's or does not exist; permission before gate before existence", async () => {
    const [desk, other] = [await at.site.openDesk({ passes: 1 }), await at.site.openDesk()];
    const [reports] = await desk.addAgents([{ sections: ['REPORTS'] }]);
    const ids = [await importTicket(other), nodeId('Ticket', newId()), nodeId('Agent', newId())];
    const faultOf = (person: typeof desk.agent, id: string) =>
      at.connect(person).subscribe(WatchTicketDocument, { id }).fault();
    for (const id of ids) {
      expect(await faultOf(desk.admin, id)).toBe('NOT_FOUND');
      expect(await faultOf(desk.agent, id)).toBe('DAY_PASS_REQUIRED');
      expect(await faultOf(reports!, id)).toBe('FORBIDDEN');
    }
    expect(await faultOf(desk.admin, 'seven')).toBe('BAD_USER_INPUT');
  });
});
