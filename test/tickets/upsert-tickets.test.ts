import {
  TicketsDocument,
  UpdateTicketDocument,
  UpsertTicketsDocument,
} from '../generated/operations';
import { addClients, ticketInput, upsertTickets } from '../support/catalogue';
import { dataOf, faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  desk = await site.openDesk();
});

const stateRevision = async () => {
  const [row] = await desk.sql<{ revision: number }>(
    'select revision from state_revisions where account_id = $1',
  );
  return row!.revision;
};

test('a new ticket gets the next number, and what is left out is as the description says', async () => {
  await addClients(desk, 'acme');
  const [agent] = await desk.sql<{ email: string }>(
    'select email from agents where account_id = $1 and id = $2',
    [desk.agent.id],
  );
  const { tickets, userErrors } = await upsertTickets(desk, [
    ticketInput('a', { requesterEmail: 'Rita@Customer.Example' }),
    ticketInput('b', {
      clientExternalId: 'acme',
      assigneeEmail: agent!.email.toUpperCase(),
      status: 'PENDING',
      priority: 'URGENT',
      description: 'At length',
    }),
  ]);
  expect(userErrors).toEqual([]);
  expect(tickets).toMatchObject([
    {
      number: 1,
      externalId: 'a',
      description: '',
      status: 'OPEN',
      priority: 'MEDIUM',
      requesterEmail: 'rita@customer.example',
      client: null,
      assignee: null,
    },
    {
      number: 2,
      externalId: 'b',
      description: 'At length',
      status: 'PENDING',
      priority: 'URGENT',
      client: { externalId: 'acme' },
      assignee: { email: agent!.email },
    },
  ]);
});

test('the same external id writes the same ticket, and what is left out stays', async () => {
  const first = await upsertTickets(desk, [ticketInput('a', { status: 'RESOLVED' })]);
  await desk.moveClock(1_000);
  const second = await upsertTickets(desk, [ticketInput('a', { subject: 'Another' })]);
  expect(second.tickets).toMatchObject([
    { id: first.tickets![0]!.id, number: 1, status: 'RESOLVED', subject: 'Another' },
  ]);
  expect(Date.parse(second.tickets![0]!.updatedAt)).toBeGreaterThanOrEqual(
    Date.parse(first.tickets![0]!.updatedAt) + 1_000,
  );
  expect(second.tickets![0]!.createdAt).toBe(first.tickets![0]!.createdAt);
});

test('each item is written or refused by itself, and the error names it', async () => {
  const { tickets, userErrors } = await upsertTickets(desk, [
    ticketInput('a'),
    ticketInput('b', { subject: '' }),
    ticketInput('c', { subject: 'half \ud800 a pair' }),
    ticketInput('nul \0'),
    ticketInput('d', { requesterEmail: 'two@desk.example,three@desk.example' }),
    ticketInput('e', { clientExternalId: 'nobody' }),
    ticketInput('f', { assigneeEmail: 'nobody@desk.example' }),
    ticketInput('g', { description: 'x'.repeat(50_001) }),
    ticketInput('h'),
    ticketInput('a', { priority: 'LOW' }),
  ]);
  expect(tickets!.map(({ externalId, number }) => [externalId, number])).toEqual([
    ['a', 1],
    ['h', 2],
    ['a', 1],
  ]);
  expect(userErrors.map(({ code, field }) => `${code} ${field!.join('.')}`)).toEqual([
    'VALIDATION_FAILED tickets.1.subject',
    'VALIDATION_FAILED tickets.2.subject',
    'VALIDATION_FAILED tickets.3.externalId',
    'VALIDATION_FAILED tickets.4.requesterEmail',
    'NOT_FOUND tickets.5.clientExternalId',
    'NOT_FOUND tickets.6.assigneeEmail',
    'VALIDATION_FAILED tickets.7.description',
  ]);
});

test('upserts at once number tickets without holes, each external id once', async () => {
  const batches = Array.from({ length: 12 }, (_, batch) =>
    Array.from({ length: 10 }, (_item, at) => ticketInput(`T${batch % 6}-${at}`)),
  );
  await Promise.all(batches.map((tickets) => upsertTickets(desk, tickets)));
  const rows = await desk.sql<{ number: number }>(
    'select number from tickets where account_id = $1 order by number',
  );
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
});

test('what changes nothing raises no revision', async () => {
  await upsertTickets(desk, [ticketInput('a')]);
  const [before] = await desk.sql('select * from tickets where account_id = $1');
  const revision = await stateRevision();
  await upsertTickets(desk, [ticketInput('a')]);
  expect(await desk.sql('select * from tickets where account_id = $1')).toEqual([before]);
  expect(await stateRevision()).toBe(revision);
  await upsertTickets(desk, [ticketInput('a', { subject: 'New' })]);
  expect(await stateRevision()).toBe(revision + 1);
});

test('more than 100 at once are refused as a whole', async () => {
  const tickets = Array.from({ length: 101 }, (_, at) => ticketInput(`T${at}`));
  const answer = await site.service.request(UpsertTicketsDocument, {
    token: desk.admin.bearer,
    variables: { tickets },
  });
  expect(faultCodeOf(answer)).toBe('BAD_USER_INPUT');
  const list = await site.service.request(TicketsDocument, { token: desk.admin.bearer });
  expect(dataOf(list).tickets?.totalCount).toBe(0);
});

test('updateTicket changes what is given, and refuses what is not there', async () => {
  const { tickets } = await upsertTickets(desk, [ticketInput('a')]);
  const ticketId = tickets![0]!.id;
  const agents = await desk.sql<{ id: string }>('select id from agents where account_id = $1');
  const agentNode = (id: string) => Buffer.from(`Agent:${id}`).toString('base64url');
  const update = async (input: object) => {
    const answer = await site.service.request(UpdateTicketDocument, {
      token: desk.admin.bearer,
      variables: { input: { ticketId, ...input } },
    });
    return dataOf(answer).updateTicket!;
  };
  const assigneeId = agentNode(agents[0]!.id);
  expect(await update({ status: 'CLOSED', assigneeId })).toMatchObject({
    ticket: { status: 'CLOSED', priority: 'MEDIUM', assignee: { id: assigneeId } },
    userErrors: [],
  });
  const [row] = await desk.sql<{ revision: number }>(
    'select revision from tickets where account_id = $1',
  );
  expect(row!.revision).toBe(2);
  const stranger = agentNode('01890000-0000-7000-8000-000000000000');
  expect(await update({ assigneeId: stranger })).toEqual({
    ticket: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['assigneeId'] }],
  });
  expect(await update({ ticketId: stranger })).toEqual({
    ticket: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['ticketId'] }],
  });
});
