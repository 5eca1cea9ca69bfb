import { nodeId } from '../../src/api/node';
import { AccountScope } from '../../src/db/account-scope';
import { referredTicket, ticketReferenceList } from '../../src/tickets/ticket-reference.queries';
import {
  DeactivateDocument,
  TicketsDocument,
  UpdateTicketDocument,
  UpsertTicketsDocument,
} from '../generated/operations';
import { addClients, send, ticketInput, upsertTickets } from '../support/desk/catalogue';
import { act, agentNode } from '../support/desk/streams';
import { dataOf, faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

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

test('a new ticket gets the next number, and the described defaults', async () => {
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

test('the same external id writes the same ticket, and values that are left out stay', async () => {
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

test('each item is written or refused separately, and the error names it', async () => {
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

test('an external id is one id, with blanks around it or in another composition', async () => {
  const client = await addClients(desk, ' Caf\u00e9 ');
  expect(await addClients(desk, 'Cafe\u0301')).toEqual(client);
  const { tickets, userErrors } = await upsertTickets(desk, [
    ticketInput('4711 '),
    ticketInput('4711', { subject: '  About  4711 ', clientExternalId: 'Cafe\u0301 ' }),
    ticketInput('\t4711', { requesterName: ' Rene\u0301 ' }),
    ticketInput('4712'),
  ]);
  expect(userErrors).toEqual([]);
  expect(tickets!.map(({ number, externalId }) => [number, externalId])).toEqual([
    [1, '4711'],
    [1, '4711'],
    [1, '4711'],
    [2, '4712'],
  ]);
  expect(tickets![2]).toMatchObject({
    requesterName: 'Ren\u00e9',
    client: { externalId: 'Caf\u00e9' },
  });
  const query = 'query T($id: String!) { ticket(externalId: $id) { number } }';
  for (const id of ['4711', ' 4711 ']) {
    expect((await send(desk, desk.admin.bearer, query, { id })).data).toEqual({
      ticket: { number: 1 },
    });
  }
});

test('a ticket that an earlier release stored with blanks keeps its id and is found by it first', async () => {
  await upsertTickets(desk, [ticketInput('4711'), ticketInput('old')]);
  await desk.sql(`update tickets set external_id = '4711 ' where account_id = $1 and number = 2`);
  const { tickets } = await upsertTickets(desk, [ticketInput('4711 '), ticketInput('4711')]);
  expect(tickets!.map(({ number, externalId }) => [number, externalId])).toEqual([
    [2, '4711 '],
    [1, '4711'],
  ]);
  const ask = async (id: string) => {
    const query = `query G($id: String!) {
      ticket(externalId: $id) { number }
      viewer { portalAccess(ticketExternalId: $id) { __typename ... on PortalAccessGranted { allowed } } }
      tickets(filter: { externalIds: [$id] }) { totalCount }
    }`;
    return (await send(desk, desk.admin.bearer, query, { id })).data as {
      ticket: { number: number } | null;
      viewer: { portalAccess: { __typename: string } };
      tickets: { totalCount: number };
    };
  };
  expect((await ask('4711 ')).ticket).toEqual({ number: 2 });
  expect((await ask('4711')).ticket).toEqual({ number: 1 });
  expect((await ask(' 4711')).ticket).toEqual({ number: 1 });
  expect((await ask(' 4711')).viewer.portalAccess.__typename).toBe('PortalAccessGranted');
  expect((await ask('4713')).viewer.portalAccess.__typename).toBe('PortalAccessDenied');
  expect((await ask('4711 ')).tickets.totalCount).toBe(2);
});

test('null clears a description, client or assignee; everywhere else it is the same as left out', async () => {
  await addClients(desk, 'acme');
  const [agent] = await desk.addAgents([{ email: 'ana@desk.example' }]);
  const full = {
    description: 'At length',
    clientExternalId: 'acme',
    assigneeEmail: 'ana@desk.example',
    status: 'PENDING' as const,
    priority: 'HIGH' as const,
  };
  const { tickets } = await upsertTickets(desk, [ticketInput('a', full)]);
  const kept = { client: { externalId: 'acme' }, assignee: { email: 'ana@desk.example' } };
  expect(tickets).toMatchObject([{ description: 'At length', ...kept }]);
  const others = { status: null, priority: null, requesterEmail: null };
  const again = await upsertTickets(desk, [ticketInput('a', others)]);
  expect(again.tickets).toMatchObject([
    { description: 'At length', status: 'PENDING', priority: 'HIGH', ...kept },
  ]);
  expect(again.tickets![0]!.requesterEmail).toBe('rita@customer.example');
  const nulls = { description: null, clientExternalId: null, assigneeEmail: null };
  expect((await upsertTickets(desk, [ticketInput('a', nulls)])).tickets).toMatchObject([
    { description: '', client: null, assignee: null, status: 'PENDING' },
  ]);
  const fresh = await upsertTickets(desk, [ticketInput('b', { ...nulls, ...others })]);
  expect(fresh).toMatchObject({
    tickets: [{ description: '', requesterEmail: '' }],
    userErrors: [],
  });

  // The same of one ticket, in the portal.
  const ticketId = tickets![0]!.id;
  const assigneeId = agentNode(agent!);
  const update = (input: object) =>
    act(desk, UpdateTicketDocument, { input: { ticketId, ...input } });
  await update({ assigneeId });
  expect((await update({ status: null, priority: null })).updateTicket).toMatchObject({
    ticket: { status: 'PENDING', priority: 'HIGH', assignee: { id: assigneeId } },
  });
  expect((await update({ assigneeId: null })).updateTicket).toMatchObject({
    ticket: { status: 'PENDING', assignee: null },
    userErrors: [],
  });
});

test('a ticket needs no address, and an item without subject or name is refused separately', async () => {
  const { externalId, subject, requesterName } = ticketInput('phone');
  const answer = await upsertTickets(desk, [
    { externalId, subject, requesterName },
    { externalId: 'no-subject', requesterName },
    { externalId: 'no-name', subject },
    { externalId: 'nulls', subject: null, requesterName: null },
    ticketInput('walk-in', { requesterEmail: '' }),
  ]);
  expect(answer.tickets).toMatchObject([
    { externalId: 'phone', requesterEmail: '', requesterName },
    { externalId: 'walk-in', requesterEmail: '' },
  ]);
  expect(answer.userErrors).toEqual([
    { code: 'VALIDATION_FAILED', field: ['tickets', '1', 'subject'] },
    { code: 'VALIDATION_FAILED', field: ['tickets', '2', 'requesterName'] },
    { code: 'VALIDATION_FAILED', field: ['tickets', '3', 'subject'] },
  ]);
  // It is set, kept if it is left out, and can be cleared again.
  const emailAfter = async (input: object) =>
    (await upsertTickets(desk, [ticketInput('phone', input)])).tickets![0]!.requesterEmail;
  expect(await emailAfter({ requesterEmail: 'Rita@customer.example' })).toBe(
    'rita@customer.example',
  );
  expect(await emailAfter({ requesterEmail: undefined })).toBe('rita@customer.example');
  expect(await emailAfter({ requesterEmail: '' })).toBe('');
});

test('a ticket without an address belongs to no contact, whatever the bearer token', async () => {
  await upsertTickets(desk, [ticketInput('walk-in', { requesterEmail: '' })]);
  const scope = new AccountScope(site.source, desk.accountId);
  const person = { email: '', agentId: null };
  const { rows } = ticketReferenceList(scope, person, 'REQUESTED');
  expect(await rows.getMany()).toEqual([]);
  const [ticket] = await desk.sql<{ id: string }>('select id from tickets where account_id = $1');
  expect(await referredTicket(scope, person, ticket!.id)).toBeNull();
});

test('a value of a wrong type refuses the request, and the message names the item', async () => {
  for (const [tickets, says] of [
    [[ticketInput('a'), { ...ticketInput('b'), subject: 5 }], 'tickets[1].subject'],
    [[ticketInput('a'), ticketInput('b'), { subject: 'No id' }], 'tickets[2]'],
    [[{ ...ticketInput('a'), status: 'LOST' }], 'tickets[0].status'],
  ] as const) {
    const answer = await site.service.request(UpsertTicketsDocument, {
      token: desk.admin.bearer,
      variables: { tickets: tickets as never },
    });
    expect(faultCodeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.errors[0]!.message).toContain(says);
  }
  expect(await desk.sql('select 1 from tickets where account_id = $1')).toEqual([]);
});

test('no ticket goes to an agent who is invited or deactivated, but one may stay', async () => {
  const agents = await desk.addAgents([
    { email: 'invited@desk.example', status: 'INVITED' },
    { email: 'gone@desk.example', status: 'DEACTIVATED' },
    { email: 'leaving@desk.example' },
  ]);
  const { tickets, userErrors } = await upsertTickets(desk, [
    ticketInput('a', { assigneeEmail: 'invited@desk.example' }),
    ticketInput('b', { assigneeEmail: 'GONE@desk.example' }),
    ticketInput('c', { assigneeEmail: 'leaving@desk.example' }),
  ]);
  expect(userErrors).toEqual([
    { code: 'AGENT_NOT_ACTIVE', field: ['tickets', '0', 'assigneeEmail'] },
    { code: 'AGENT_NOT_ACTIVE', field: ['tickets', '1', 'assigneeEmail'] },
  ]);
  const ticketId = tickets![0]!.id;
  for (const agent of agents.slice(0, 2)) {
    const input = { ticketId, assigneeId: agentNode(agent), status: 'CLOSED' as const };
    expect((await act(desk, UpdateTicketDocument, { input })).updateTicket).toEqual({
      ticket: null,
      userErrors: [{ code: 'AGENT_NOT_ACTIVE', field: ['assigneeId'] }],
    });
  }
  // A desk that mirrors its ticket again, for another reason, is not refused because of the
  // assignee.
  await act(desk, DeactivateDocument, { input: { agentId: agentNode(agents[2]!) } });
  const mirrored = ticketInput('c', { assigneeEmail: 'leaving@desk.example', status: 'RESOLVED' });
  expect(await upsertTickets(desk, [mirrored])).toMatchObject({
    tickets: [{ status: 'RESOLVED', assignee: { email: 'leaving@desk.example' } }],
    userErrors: [],
  });
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

test('an upsert without a change raises no revision', async () => {
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

test('updateTicket changes the given values, and refuses a ticket that does not exist', async () => {
  const { tickets } = await upsertTickets(desk, [ticketInput('a')]);
  const ticketId = tickets![0]!.id;
  const agents = await desk.sql<{ id: string }>('select id from agents where account_id = $1');
  const nodeOf = (id: string) => nodeId('Agent', id);
  const update = async (input: object) => {
    const answer = await site.service.request(UpdateTicketDocument, {
      token: desk.admin.bearer,
      variables: { input: { ticketId, ...input } },
    });
    return dataOf(answer).updateTicket!;
  };
  const assigneeId = nodeOf(agents[0]!.id);
  expect(await update({ status: 'CLOSED', assigneeId })).toMatchObject({
    ticket: { status: 'CLOSED', priority: 'MEDIUM', assignee: { id: assigneeId } },
    userErrors: [],
  });
  const [row] = await desk.sql<{ revision: number }>(
    'select revision from tickets where account_id = $1',
  );
  expect(row!.revision).toBe(2);
  const stranger = nodeOf('01890000-0000-7000-8000-000000000000');
  expect(await update({ assigneeId: stranger })).toEqual({
    ticket: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['assigneeId'] }],
  });
  expect(await update({ ticketId: stranger })).toEqual({
    ticket: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['ticketId'] }],
  });
});
