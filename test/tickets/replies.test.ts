import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  DeactivateDocument,
  WatchRepliesDocument,
  RepliesDocument,
  ReplyDocument,
  TouchTicketDocument,
  type RepliesQueryVariables,
  type ReplyMutationVariables,
} from '../generated/operations';
import { addTickets, codeOf, send } from '../support/desk/catalogue';
import { dataOf, faultCodeOf, tally, type Desk, type Person } from '../support/desk/desk';
import { addAgentKey, addKey, openPortalSession } from '../support/desk/keys';
import { act, agentNode, openStreamSite, type StreamSite } from '../support/desk/streams';

let at: StreamSite;
let desk: Desk;
let ticketId: string;

beforeAll(async () => {
  at = await openStreamSite();
});
afterEach(() => at.closeSockets());
afterAll(() => at.close());
beforeEach(async () => {
  desk = await at.site.openDesk({ passes: 5, agents: 2 });
  const [ticket] = await addTickets(desk, 1);
  ticketId = ticket!.id;
});

type Input = ReplyMutationVariables['input'];

const ask = (input: Partial<Input> = {}, person: Person = desk.admin, service = at.here) =>
  service.request(ReplyDocument, {
    token: person.bearer,
    variables: { input: { ticketId, body: 'Looked at', idempotencyKey: newId(), ...input } },
  });

const reply = async (...asked: Parameters<typeof ask>) =>
  dataOf(await ask(...asked)).replyToTicket!;

const replies = async (page: Omit<RepliesQueryVariables, 'ticketId'> = {}, id = ticketId) =>
  (await act(desk, RepliesDocument, { ticketId: id, ...page })).ticket!.replies!;

const bodies = async (page: Parameters<typeof replies>[0] = {}) =>
  (await replies(page)).edges.map(({ node }) => node.body);

const rows = () => desk.sql('select * from ticket_replies where account_id = $1');

const ticketRow = async () => {
  const [row] = await desk.sql<{ revision: number; status: string; updated_at: Date }>(
    'select revision, status, updated_at from tickets where account_id = $1 order by number limit 1',
  );
  return row!;
};

test('a reply has its author, and is read on its ticket and by its id', async () => {
  await desk.enter(desk.agent);
  const before = await ticketRow();
  await desk.moveClock(60_000);
  const body = 'First line\n\n  — “二行目” 🙂 ';
  const { reply: written, ...rest } = await reply({ body }, desk.agent);
  expect(rest).toEqual({
    replayed: false,
    ticket: {
      id: ticketId,
      status: 'OPEN',
      updatedAt: written!.createdAt,
      replies: { totalCount: 1 },
    },
    userErrors: [],
  });
  expect(written).toEqual({
    id: expect.any(String),
    author: { id: agentNode(desk.agent) },
    authorName: 'A. Person',
    body,
    createdAt: expect.any(String),
  });
  expect((await replies()).edges).toMatchObject([{ node: written }]);
  const query = `{ node(id: "${written!.id}") { id ... on TicketReply { body } } }`;
  const { data } = await send(desk, desk.admin.bearer, query);
  expect(data).toEqual({ node: { id: written!.id, body } });

  const after = await ticketRow();
  expect(after.revision).toBe(before.revision + 1);
  expect(after.updated_at.getTime()).toBeGreaterThanOrEqual(before.updated_at.getTime() + 60_000);
});

test("a reply may change the ticket's status", async () => {
  expect(await reply({ status: 'PENDING' })).toMatchObject({ ticket: { status: 'PENDING' } });
  expect(await reply({})).toMatchObject({ ticket: { status: 'PENDING' } });
  expect(await ticketRow()).toMatchObject({ status: 'PENDING', revision: 3 });
});

test('all subscribers of the ticket receive each reply at once, on every process', async () => {
  await desk.enter(desk.agent);
  const streams = [at.here, at.here, at.there].map((service) =>
    at.connect(desk.agent, service).subscribe(WatchRepliesDocument, { id: ticketId, last: 1 }),
  );
  for (const stream of streams) {
    expect((await stream.next()).ticketChanged).toEqual({ status: 'OPEN', replies: { edges: [] } });
  }
  for (const [body, status] of [
    ['One', null],
    ['Two', 'RESOLVED'],
  ] as const) {
    await reply({ body, status });
    for (const stream of streams) {
      expect((await stream.next()).ticketChanged).toEqual({
        status: status ?? 'OPEN',
        replies: { edges: [{ node: { authorName: 'A. Person', body } }] },
      });
    }
  }
});

describe('who may', () => {
  const write = (id: string) =>
    `mutation { replyToTicket(input: {ticketId: "${id}", body: "Seen", idempotencyKey: "k"}) { replayed } }`;

  test('permission comes before gate, and gate before existence', async () => {
    const { reply: written } = await reply();
    const [reports] = await desk.addAgents([{ type: 'FULL_TIME', sections: ['REPORTS'] }]);
    const people: [Person, string][] = [
      [desk.agent, 'DAY_PASS_REQUIRED'],
      [reports!, 'FORBIDDEN'],
      [{ id: '', bearer: await desk.bearer(null) }, 'FORBIDDEN'],
      [
        await openPortalSession(
          desk,
          await addKey(desk, { scopes: ['portal_sessions:write'] }),
          desk.agent,
        ),
        'FORBIDDEN',
      ],
    ];
    for (const [{ bearer }, code] of people) {
      for (const id of [ticketId, nodeId('Ticket', newId()), 'seven']) {
        expect(await codeOf(desk, bearer, write(id))).toBe(code);
      }
      for (const id of [written!.id, nodeId('TicketReply', newId())]) {
        expect(await codeOf(desk, bearer, `{ node(id: "${id}") { id } }`)).toBe(code);
      }
    }
    expect(await rows()).toHaveLength(1);
    await desk.enter(desk.agent);
    expect(await codeOf(desk, desk.agent.bearer, write(ticketId))).toBeNull();
  });

  test("another account's ticket does not exist", async () => {
    const other = await at.site.openDesk();
    const [theirs] = await addTickets(other, 1);
    const before = await other.sql('select * from tickets where account_id = $1');
    for (const id of [theirs!.id, nodeId('Ticket', newId()), nodeId('Agent', desk.agent.id)]) {
      expect(await reply({ ticketId: id })).toEqual({
        replayed: false,
        reply: null,
        ticket: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['ticketId'] }],
      });
    }
    expect(await other.sql('select * from tickets where account_id = $1')).toEqual(before);
    expect(faultCodeOf(await ask({ ticketId: 'seven' }))).toBe('BAD_USER_INPUT');
  });

  test("an agent's key writes as its agent; a service key under its own name", async () => {
    await desk.enter(desk.agent);
    const script = await addAgentKey(desk, desk.agent);
    const portal = await addKey(desk, {
      name: 'A partner’s portal',
      scopes: ['tickets:read', 'tickets:write'],
    });
    expect((await reply({}, script)).reply).toMatchObject({
      author: { id: agentNode(desk.agent) },
      authorName: 'A. Person',
    });
    expect((await reply({}, portal)).reply).toMatchObject({
      author: null,
      authorName: 'A partner’s portal',
    });
    const reader = await addKey(desk, { scopes: ['tickets:read'] });
    expect(await codeOf(desk, reader.bearer, write(ticketId))).toBe('FORBIDDEN');
    expect(await rows()).toHaveLength(2);
  });
});

test('a reply can be read after its author was renamed and deactivated', async () => {
  await desk.enter(desk.agent);
  await reply({ body: 'On my last day' }, desk.agent);
  await desk.sql(`update agents set name = 'B. Person' where account_id = $1 and id = $2`, [
    desk.agent.id,
  ]);
  await act(desk, DeactivateDocument, { input: { agentId: agentNode(desk.agent) } });
  expect((await replies()).edges).toMatchObject([
    { node: { authorName: 'A. Person', author: { id: agentNode(desk.agent) } } },
  ]);
  expect(faultCodeOf(await ask({}, desk.agent))).toBe('FORBIDDEN');
});

test.each([
  ['an empty body', { body: '' }, 'body'],
  ['a body of blanks', { body: ' \n\t ' }, 'body'],
  ['a body that is too long', { body: 'x'.repeat(20_001) }, 'body'],
  ['a body with U+0000', { body: 'nul \0' }, 'body'],
  ['a body with half a pair', { body: 'half \ud800 a pair' }, 'body'],
  ['an empty key', { idempotencyKey: '' }, 'idempotencyKey'],
  ['a key that is too long', { idempotencyKey: 'k'.repeat(201) }, 'idempotencyKey'],
  ['a key with U+0000', { idempotencyKey: 'nul \0' }, 'idempotencyKey'],
])('%s is refused, and nothing is written', async (_, input, field) => {
  expect(await reply(input)).toEqual({
    replayed: false,
    reply: null,
    ticket: null,
    userErrors: [{ code: 'VALIDATION_FAILED', field: [field] }],
  });
  expect(await rows()).toEqual([]);
  expect(await ticketRow()).toMatchObject({ revision: 1 });
});

test('the longest body is written, in any alphabet', async () => {
  for (const body of ['x'.repeat(20_000), '🙂'.repeat(10_000)]) {
    expect((await reply({ body })).reply).toMatchObject({ body });
  }
});

describe('an idempotency key', () => {
  test('sent again returns the same reply, the ticket as it is now, and writes nothing', async () => {
    const input: Partial<Input> = { body: 'Once', status: 'PENDING', idempotencyKey: 'once' };
    const first = await reply(input);
    await act(desk, TouchTicketDocument, { input: { ticketId, status: 'RESOLVED' } });
    const before = await ticketRow();
    const again = await reply(input, desk.admin, at.there);
    expect(again).toMatchObject({ replayed: true, reply: first.reply, userErrors: [] });
    expect(again.ticket).toMatchObject({ status: 'RESOLVED', replies: { totalCount: 1 } });
    expect(await ticketRow()).toEqual(before);
    expect(await rows()).toHaveLength(1);
  });

  test('raced over two processes writes once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        reply({ idempotencyKey: 'raced' }, desk.admin, turn % 2 ? at.here : at.there),
      ),
    );
    expect(tally(answers.map(({ replayed }) => String(replayed)))).toEqual({ false: 1, true: 19 });
    expect(new Set(answers.map((answer) => answer.reply?.id)).size).toBe(1);
    expect(await rows()).toHaveLength(1);
    expect(await ticketRow()).toMatchObject({ revision: 2 });
  });

  test('with another input, or of another author, is a conflict', async () => {
    const [, second] = await addTickets(desk, 2);
    const [colleague] = await desk.addAgents([{ type: 'FULL_TIME' }]);
    const idempotencyKey = 'taken';
    await reply({ idempotencyKey });
    const others: [Partial<Input>, Person?][] = [
      [{ body: 'Another' }],
      [{ ticketId: second!.id }],
      [{ status: 'OPEN' }],
      [{}, colleague],
    ];
    for (const [input, person] of others) {
      expect(await reply({ ...input, idempotencyKey }, person)).toEqual({
        replayed: false,
        reply: null,
        ticket: null,
        userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
      });
    }
    expect(await rows()).toHaveLength(1);
  });

  test('is its account’s own', async () => {
    const other = await at.site.openDesk();
    const [theirs] = await addTickets(other, 1);
    await reply({ idempotencyKey: 'mine' });
    expect(
      await reply({ idempotencyKey: 'mine', ticketId: theirs!.id }, other.admin),
    ).toMatchObject({ replayed: false, userErrors: [] });
  });
});

describe('the replies of a ticket', () => {
  const all = Array.from({ length: 7 }, (_, number) => `Reply ${number}`);

  beforeEach(async () => {
    for (const body of all) await reply({ body });
    // Another ticket's are not among them.
    const [, second] = await addTickets(desk, 2);
    await reply({ ticketId: second!.id });
  });

  test('are paged from the oldest on, and from the newest back', async () => {
    expect(await bodies()).toEqual(all);
    expect(await replies()).toMatchObject({ totalCount: 7 });
    expect(await bodies({ last: 3 })).toEqual(all.slice(-3));

    let { edges, pageInfo } = await replies({ first: 3 });
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const forwards = edges.map(({ node }) => node.body);
    while (pageInfo.hasNextPage) {
      ({ edges, pageInfo } = await replies({ first: 3, after: pageInfo.endCursor }));
      forwards.push(...edges.map(({ node }) => node.body));
    }
    expect(forwards).toEqual(all);
    expect(pageInfo).toMatchObject({ hasPreviousPage: true });

    ({ edges, pageInfo } = await replies({ last: 3 }));
    expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const backwards = edges.map(({ node }) => node.body);
    while (pageInfo.hasPreviousPage) {
      ({ edges, pageInfo } = await replies({ last: 3, before: pageInfo.startCursor }));
      backwards.unshift(...edges.map(({ node }) => node.body));
    }
    expect(backwards).toEqual(all);
  });

  test('are the same in simultaneous requests', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => bodies({ last: 3 })));
    for (const received of asked) expect(received).toEqual(all.slice(-3));
  });

  test('that are written later are after the last cursor, even if clocks go back', async () => {
    const { pageInfo } = await replies();
    await desk.moveClock(-3_600_000);
    await reply({ body: 'Later' });
    expect(await bodies({ after: pageInfo.endCursor })).toEqual(['Later']);
    const times = (await replies()).edges.map(({ node }) => node.createdAt);
    expect(times).toEqual([...times].sort());
  });

  test('have cursors of their own: another ticket’s is refused', async () => {
    const [, second] = await addTickets(desk, 2);
    const { edges } = await replies({}, second!.id);
    const answer = await at.here.request(RepliesDocument, {
      token: desk.admin.bearer,
      variables: { ticketId, after: edges[0]!.cursor },
    });
    expect(faultCodeOf(answer)).toBe('BAD_USER_INPUT');
  });
});
