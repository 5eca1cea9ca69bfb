import { print } from 'graphql';
import { WebSocket } from 'ws';
import { signBearer } from '../../src/access/bearer-token';
import {
  AskGateDocument,
  GrantPassesDocument,
  WatchEventsDocument,
  WatchExpiriesDocument,
  WatchGateDocument,
  WatchTicketDocument,
  WatchWalletDocument,
  ImportTicketsDocument,
  ProceedDocument,
} from '../generated/operations';
import { withEnoughTime } from '../support/patience';
import { eventually, type Desk } from '../support/desk/desk';
import { initOf, openRawSocket } from '../support/desk/raw-socket';
import { startReplica } from '../support/desk/replica';
import { bounded, connectSocket, subscribersOf } from '../support/desk/socket';
import { act, openStreamSite, type StreamSite } from '../support/desk/streams';

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});

afterEach(() => at.closeSockets());
afterAll(() => at.close());

/** A bearer of the desk's admin that ends `inMs` from now, if not before. */
const bearerEnding = (desk: Desk, inMs: number) =>
  signBearer(
    { accountId: desk.accountId, agentId: desk.admin.id, email: 'person@desk.example' },
    { key: at.site.secrets.localIssuer, nowMs: Date.now() + inMs - 60_000, lifetimeMs: 60_000 },
  );

describe('a socket is closed', () => {
  test.each([
    ['4401 for a malformed bearer token', 'nonsense'],
    ['4401 for a bearer that is forged', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'],
  ])('%s', async (_, bearer) => {
    const socket = connectSocket(at.here.url, bearer);
    expect(await bounded(socket.closed, 'the end')).toMatchObject({ code: 4401 });
    await socket.close();
  });

  test('4403 for an expired bearer token, so that its client reconnects with a new one', async () => {
    const desk = await at.site.openDesk();
    const socket = connectSocket(at.here.url, await bearerEnding(desk, -5_000));
    expect(await bounded(socket.closed, 'the end')).toMatchObject({ code: 4403 });
    await socket.close();
  });

  test('4403 when its bearer ends, and the streams go with it', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    // The bearer's times are whole seconds: it lives up to one shorter.
    const socket = await withEnoughTime(async (lifeMs) => {
      const bearer = await bearerEnding(desk, lifeMs);
      const opened = at.connect({ id: desk.admin.id, bearer });
      await opened.subscribe(WatchWalletDocument).next();
      return opened;
    });
    expect(await bounded(socket.closed, 'the end')).toMatchObject({ code: 4403 });
    await eventually(async () => expect(await subscribersOf(at.here.url)).toBe(0));
  });

  test('1001 when its process drains, and its stream continues at another', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const draining = await startReplica(at.here.databaseUrl);
    const socket = at.connect(desk.admin, draining);
    const events = socket.subscribe(WatchEventsDocument, {});
    const wallet = socket.subscribe(WatchWalletDocument);
    const after = (await wallet.next()).dayPassWalletChanged.cursor;
    const stopped = draining.stop();
    expect(await bounded(socket.closed, 'the end')).toMatchObject({ code: 1001 });
    await stopped;
    await expect(events.next()).rejects.toThrow(/The stream ended/);
    await desk.add(1);
    const again = at.connect(desk.admin, at.there).subscribe(WatchEventsDocument, { after });
    expect((await again.next()).dayPassEvents.balance).toBe(2);
  });

  test('when it sends an operation before connection_init', async () => {
    const raw = await openRawSocket(at.here);
    raw.send({ id: '1', type: 'subscribe', payload: { query: '{ account { id } }' } });
    expect(await raw.closed()).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  test('when it sends a frame too large, and no other socket is', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const wallet = at.connect(desk.admin).subscribe(WatchWalletDocument);
    await wallet.next();
    const raw = await openRawSocket(at.here);
    raw.send({ ...initOf(desk.admin), padding: 'x'.repeat(300_000) });
    expect(await raw.closed()).toMatchObject({ code: 1009 });
    await desk.add(1);
    expect((await wallet.next()).dayPassWalletChanged.balance).toBe(2);
  });
});

describe('an operation that is wrong is answered separately, and the socket stays open', () => {
  const cases: [what: string, query: string, code: string][] = [
    ['a syntax error', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['too many words', `{ ${'__typename '.repeat(6_000)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['a variable that is missing', print(WatchTicketDocument), 'BAD_USER_INPUT'],
    ['a name that no operation has', '{ account { id } }', 'BAD_USER_INPUT'],
  ];

  test.each(cases)('%s', async (what, query, code) => {
    const desk = await at.site.openDesk({ passes: 1 });
    const raw = await openRawSocket(at.here);
    await raw.init(desk.admin);
    const operationName = what.startsWith('a name') ? 'Another' : undefined;
    raw.send({ id: '1', type: 'subscribe', payload: { query, operationName } });
    expect(await raw.next()).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ extensions: { code } }],
    });
    raw.send({ id: '2', type: 'subscribe', payload: { query: print(WatchWalletDocument) } });
    expect(await raw.next()).toMatchObject({ id: '2', type: 'next' });
    await raw.close();
  });
});

describe('queries and mutations over a socket', () => {
  test('let an agent enter as over HTTP', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const socket = at.connect(desk.agent);
    const { data } = await socket.request(AskGateDocument, {});
    const access = data!.viewer.portalAccess;
    if (access.__typename !== 'DayPassRequired') throw new Error(access.__typename);
    const token = access.confirmation!.token;
    const proceeded = await socket.request(ProceedDocument, { token });
    expect(proceeded.data?.consumeDayPass).toMatchObject({
      userErrors: [],
      wallet: { balance: 0 },
    });
    const after = await socket.request(AskGateDocument, {});
    expect(after.data?.viewer.portalAccess.__typename).toBe('PortalAccessGranted');
  });

  test('are refused with the same faults as over HTTP', async () => {
    const desk = await at.site.openDesk();
    const variables = { input: { quantity: 1, reason: 'A try', idempotencyKey: 'k' } };
    const token = desk.agent.bearer;
    const overHttp = await at.here.request(GrantPassesDocument, { token, variables });
    const overSocket = await at.connect(desk.agent).request(GrantPassesDocument, variables);
    expect(overSocket.errors).toEqual(overHttp.errors);
    expect(overSocket.errors[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });

  test('show nothing of internal faults', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const ghost = { id: 'x', bearer: await desk.bearer('not an id that PostgreSQL takes') };
    const overHttp = await at.here.request(AskGateDocument, { token: ghost.bearer });
    const overSocket = await at.connect(ghost).request(AskGateDocument, {});
    const stream = at.connect(ghost).subscribe(WatchGateDocument);
    expect(overHttp.errors[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
    expect(overSocket.errors).toEqual(overHttp.errors);
    expect(await stream.fault()).toBe('INTERNAL_SERVER_ERROR');
  });
});

describe('nothing stays behind', () => {
  const nobody = () => eventually(async () => expect(await subscribersOf(at.here.url)).toBe(0));

  /** Every kind of stream, all of which wait when this resolves. */
  async function openAllStreams(desk: Desk) {
    const ticket = {
      externalId: 'ext',
      subject: 'A printer',
      requesterName: 'R.',
      requesterEmail: 'r@desk.example',
    };
    const { upsertTickets } = await act(desk, ImportTicketsDocument, { tickets: [ticket] });
    const socket = at.connect(desk.admin);
    const streams = [
      socket.subscribe(WatchWalletDocument),
      socket.subscribe(WatchGateDocument),
      socket.subscribe(WatchTicketDocument, { id: upsertTickets!.tickets![0]!.id }),
      socket.subscribe(WatchEventsDocument),
      socket.subscribe(WatchExpiriesDocument),
    ];
    await eventually(async () => expect(await subscribersOf(at.here.url)).toBe(5));
    return { socket, streams };
  }

  test('of streams that their reader leaves', async () => {
    const { streams, socket } = await openAllStreams(await at.site.openDesk({ passes: 1 }));
    for (const stream of streams) stream.leave();
    await nobody();
    expect((await socket.socket()).readyState).toBe(WebSocket.OPEN);
  });

  test('of a socket that is closed', async () => {
    const { socket } = await openAllStreams(await at.site.openDesk({ passes: 1 }));
    await socket.close();
    await nobody();
  });

  test('of a socket that dies, even while a message is being sent', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const { socket } = await openAllStreams(desk);
    const made = await socket.socket();
    made.pause();
    await Promise.all(Array.from({ length: 15 }, () => desk.add(1)));
    made.terminate();
    await nobody();
    await desk.expectBooksToClose();
  });

  test('of streams that are refused', async () => {
    const desk = await at.site.openDesk();
    const socket = at.connect(desk.agent);
    expect(await socket.subscribe(WatchEventsDocument).fault()).toBe('FORBIDDEN');
    expect(await socket.subscribe(WatchExpiriesDocument, { after: 'x' }).fault()).toBe(
      'BAD_USER_INPUT',
    );
    await nobody();
  });
});
