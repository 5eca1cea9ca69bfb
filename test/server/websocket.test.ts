import { print } from 'graphql';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { signBearer } from '../../src/access/bearer-token';
import {
  GrantPassesDocument,
  WatchEventsDocument,
  WatchWalletDocument,
} from '../generated/operations';
import { startReplica } from '../support/desk/replica';
import { withEnoughTime } from '../support/patience';
import { eventually, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { openSocket } from '../support/desk/doors';
import { initOf, openRawSocket, subscribeTo, type RawSocket } from '../support/desk/raw-socket';
import { bounded, subscribersOf } from '../support/desk/socket';

let site: TestSite;
let desk: Desk;
let raw: RawSocket;

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk({ passes: 1 });
});

beforeEach(async () => {
  raw = await openRawSocket(site.service);
});

afterEach(async () => {
  raw.socket.terminate();
  await nobody();
});

afterAll(() => site.close());

const nobody = () => eventually(async () => expect(await subscribersOf(site.service.url)).toBe(0));

const account = '{ account { slug } }';
const wallet = print(WatchWalletDocument);
const grant = (key: string) => ({
  ...subscribeTo(print(GrantPassesDocument), key, {
    input: { quantity: 1, reason: 'A try', idempotencyKey: key },
  }),
});

describe("a socket that violates the protocol is closed with the protocol's code", () => {
  const invalid: [what: string, data: string | Buffer][] = [
    ['no JSON', 'connection_init'],
    ['no object', '["connection_init"]'],
    ['a message without a type', '{"id":"1"}'],
    ['an unknown type', '{"type":"start","id":"1"}'],
    ['a payload of connection_init that is no object', '{"type":"connection_init","payload":"me"}'],
    ['a payload of ping that is no object', '{"type":"ping","payload":5}'],
    ['subscribe without an id', `{"type":"subscribe","payload":{"query":"${account}"}}`],
    ['subscribe with an empty id', `{"id":"","type":"subscribe","payload":{"query":"${account}"}}`],
    ['subscribe without a query', '{"id":"1","type":"subscribe","payload":{}}'],
    [
      'subscribe with variables that are a list',
      `{"id":"1","type":"subscribe","payload":{"query":"${account}","variables":[]}}`,
    ],
    ['complete without an id', '{"type":"complete"}'],
    ['a message of the service: next', '{"id":"1","type":"next","payload":{}}'],
    ['a message of the service: error', '{"id":"1","type":"error","payload":[{"message":"a"}]}'],
    ['a message of the service: connection_ack', '{"type":"connection_ack"}'],
    ['a binary frame', Buffer.from('{"type":"ping"}')],
  ];

  test.each(invalid)('4400: %s', async (_what, data) => {
    raw.socket.send(data);
    expect(await raw.closed()).toEqual({ code: 4400, reason: 'Invalid message received' });
  });

  test('4400 also after it was acknowledged', async () => {
    await raw.init(desk.admin);
    raw.send(subscribeTo(wallet));
    await raw.next();
    raw.socket.send('nothing');
    expect(await raw.closed()).toMatchObject({ code: 4400 });
  });

  test('4401 for an operation before connection_ack', async () => {
    raw.send(initOf(desk.admin));
    raw.send(grant('too-early'));
    expect(await raw.closed()).toEqual({ code: 4401, reason: 'Unauthorized' });
    expect(await desk.balance()).toBe(1);
  });

  test('4406 without an agreed subprotocol, or with another one', async () => {
    const none = await openRawSocket(site.service, []);
    expect(await none.closed()).toMatchObject({ code: 4406 });
    const old = new WebSocket(`${site.service.url.replace('http', 'ws')}/graphql`, 'graphql-ws');
    const [error] = (await bounded(once(old, 'error'), 'a refusal')) as [Error];
    expect(error.message).toBe('Server sent no subprotocol');
  });

  test('4408 without connection_init in time', async () => {
    const impatient = await startReplica(site.service.databaseUrl, {
      DAYPASS_SOCKET_INIT_MS: '500',
    });
    const silent = await openRawSocket(impatient);
    silent.send({ type: 'ping' });
    expect(await silent.closed()).toMatchObject({ code: 4408 });
    // It was received, and that did not make the socket live longer.
    expect(silent.heard).toEqual([{ type: 'pong' }]);
    await impatient.stop();
  });

  test('4409 for an id that is in use, of any length', async () => {
    for (const id of ['1', 'ü'.repeat(500)]) {
      const other = await openRawSocket(site.service);
      await other.init(desk.admin);
      other.send(subscribeTo(wallet, id));
      expect(await other.next()).toMatchObject({ id, type: 'next' });
      other.send(subscribeTo(account, id));
      const { code, reason } = await other.closed();
      expect(code).toBe(4409);
      expect(reason).toBe(`Subscriber for ${id} already exists`.slice(0, reason.length));
      expect(reason.length).toBeGreaterThan(15);
    }
  });

  test('4429 for a second connection_init, even before the first is answered', async () => {
    await raw.init(desk.admin);
    raw.send(initOf(desk.admin));
    expect(await raw.closed()).toMatchObject({ code: 4429 });
    const hasty = await openRawSocket(site.service);
    hasty.send(initOf(desk.admin));
    hasty.send(initOf(desk.admin));
    expect(await hasty.closed()).toMatchObject({ code: 4429 });
  });

  test('1007 for a text that is no UTF-8', async () => {
    raw.socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false });
    expect(await raw.closed()).toMatchObject({ code: 1007 });
  });
});

describe('a caller is known by', () => {
  const bearer = () => `Bearer ${desk.admin.bearer}`;
  const places: [
    place: string,
    payload: () => object | undefined,
    header: (() => string) | null,
  ][] = [
    ['authorization in connection_init', () => ({ authorization: bearer() }), null],
    ['Authorization', () => ({ Authorization: bearer() }), null],
    [
      'AUTHORIZATION, beside an empty one',
      () => ({ authorization: '', AUTHORIZATION: bearer() }),
      null,
    ],
    ['headers.authorization', () => ({ headers: { authorization: bearer() } }), null],
    ['Headers.Authorization', () => ({ Headers: { Authorization: bearer() } }), null],
    ['the handshake', () => undefined, bearer],
    ['the handshake, beside an empty connection_init', () => ({ authorization: null }), bearer],
    [
      'connection_init, beside a proxy’s credential',
      () => ({ authorization: bearer() }),
      () => 'Basic Zm9vOmJhcg==',
    ],
    ['connection_init first', () => ({ authorization: bearer() }), () => 'Bearer other'],
  ];

  test.each(places)('%s', async (_place, payload, header) => {
    const came = await openSocket(site.service.url, null, headersOf(header?.() ?? null));
    came.send({ type: 'connection_init', payload: payload() });
    expect(await came.next()).toEqual({ type: 'connection_ack' });
    came.send(subscribeTo(account));
    expect(await came.next()).toMatchObject({
      payload: { data: { account: { slug: desk.slug } } },
    });
    await came.close();
  });

  const missing: [what: string, payload: unknown, header: string | null][] = [
    ['no payload', undefined, null],
    ['an empty payload', {}, null],
    ['another key', { authToken: 'Bearer x', headers: { cookie: 'a=b' } }, null],
    ['null', { authorization: null, headers: null }, null],
    ['an empty text', { authorization: '' }, null],
    ['the word alone', { authorization: 'Bearer ' }, null],
    ['no text', { authorization: 5, headers: 'Bearer x' }, null],
    ['a proxy’s credential alone', {}, 'Basic Zm9vOmJhcg=='],
  ];

  test.each(missing)('nothing, so it may retry (4403): %s', async (_what, payload, header) => {
    const came = await openSocket(site.service.url, null, headersOf(header));
    const reason = once(came.raw, 'close').then(([code, text]) => [code, String(text)]);
    came.send({ type: 'connection_init', payload });
    expect(await bounded(reason, 'the end')).toEqual([4403, 'Missing authorization']);
  });

  test('4401 for a malformed bearer token, at any place', async () => {
    for (const payload of [{ Authorization: 'none' }, { headers: { authorization: 'Bearer a' } }]) {
      const came = await openSocket(site.service.url, null);
      came.send({ type: 'connection_init', payload });
      expect(await bounded(came.closed, 'the end')).toBe(4401);
    }
  });
});

describe('a ping is answered', () => {
  test('with its payload, at any time', async () => {
    raw.send({ type: 'ping', payload: { at: 1 } });
    expect(await raw.next()).toEqual({ type: 'pong', payload: { at: 1 } });
    await raw.init(desk.admin);
    raw.send({ type: 'pong' });
    raw.send({ type: 'ping' });
    expect(await raw.next()).toEqual({ type: 'pong' });
  });
});

describe('the messages of an operation', () => {
  /** The answer to a ping, before which everything else has been sent. */
  const quiet = async () => {
    raw.send({ type: 'ping' });
    expect(await raw.next()).toEqual({ type: 'pong' });
  };

  test('of a query: one `next`, then `complete`, and the id is free again', async () => {
    await raw.init(desk.admin);
    for (let round = 0; round < 3; round += 1) {
      raw.send(subscribeTo(account));
      const payload = { data: { account: { slug: desk.slug } } };
      expect(await raw.next()).toMatchObject({ id: '1', type: 'next', payload });
      expect(await raw.next()).toEqual({ id: '1', type: 'complete' });
    }
    await quiet();
  });

  test('of an error: one `error` and nothing after it, and the id is free again', async () => {
    await raw.init(desk.agent);
    for (const query of ['{', print(WatchEventsDocument), '{ nothing }']) {
      raw.send(subscribeTo(query));
      expect(await raw.next()).toMatchObject({ id: '1', type: 'error', payload: [{}] });
    }
    await quiet();
  });

  test('nothing, once its client has completed it', async () => {
    await raw.init(desk.admin);
    raw.send(subscribeTo(wallet));
    raw.send(subscribeTo(wallet, '2'));
    await raw.next();
    await raw.next();
    raw.send({ id: '1', type: 'complete' });
    await eventually(async () => expect(await subscribersOf(site.service.url)).toBe(1));
    await desk.add(1);
    expect(await raw.next()).toMatchObject({ id: '2', type: 'next' });
    // Completing an operation that does not exist is a race and not an error.
    raw.send({ id: '1', type: 'complete' });
    raw.send({ id: 'never', type: 'complete' });
    await quiet();
  });

  test('and all of the next with the same id, however soon it follows', async () => {
    await raw.init(desk.admin);
    raw.send(subscribeTo(wallet));
    await raw.next();
    for (let round = 0; round < 20; round += 1) {
      raw.send({ id: '1', type: 'complete' });
      raw.send(subscribeTo(wallet));
      // Its own first message, and neither an end nor an error of the one before.
      expect(await raw.next()).toMatchObject({ id: '1', type: 'next' });
    }
    expect(await subscribersOf(site.service.url)).toBe(1);
    // One that is given up while it waits for its turn never begins.
    raw.send({ id: '1', type: 'complete' });
    raw.send(subscribeTo(wallet));
    raw.send({ id: '1', type: 'complete' });
    await nobody();
    raw.send(subscribeTo(account));
    expect(await raw.next()).toMatchObject({ id: '1', type: 'next' });
  });
});

describe('a closed socket is ignored', () => {
  test('if its bearer token is malformed', async () => {
    const answered = async () =>
      /^daypass_requests_total\{door="websocket",type="query",code="OK"\} \d+$/m.exec(
        await (await fetch(`${site.service.url}/metrics`)).text(),
      )?.[0];
    const before = await answered();
    raw.send({ type: 'connection_init', payload: { authorization: 'Bearer a.b.c' } });
    raw.socket.pause();
    // Long after it was refused, and before it knows.
    for (let count = 0; count < 5; count += 1) await answered();
    raw.send(subscribeTo('{ __typename }'));
    raw.socket.resume();
    expect(await raw.closed()).toMatchObject({ code: 4401 });
    expect(raw.heard).toEqual([]);
    expect(await answered()).toBe(before);
  });

  test('if its bearer token has expired, even if the client does not react', async () => {
    const before = await desk.balance();
    await withEnoughTime(async (lifeMs) => {
      const bearer = await signBearer(
        { accountId: desk.accountId, agentId: desk.admin.id, email: 'person@desk.example' },
        { key: site.secrets.localIssuer, nowMs: Date.now() - 60_000 + lifeMs, lifetimeMs: 60_000 },
      );
      if (raw.socket.readyState !== raw.socket.OPEN) raw = await openRawSocket(site.service);
      await raw.init({ id: desk.admin.id, bearer });
      raw.send(subscribeTo(wallet));
      await raw.next();
    });
    raw.socket.pause();
    // Its streams end with the bearer, not when its client has agreed to the end.
    await nobody();
    raw.send(grant('too-late'));
    raw.socket.resume();
    expect(await raw.closed()).toMatchObject({ code: 4403 });
    // If it had been received, it would have come before this one.
    expect(await desk.add(1)).toBe(before + 1);
  });
});

test('a client that sends requests and reads no answers is not read forever', async () => {
  const pings = await startReplica(site.service.databaseUrl, { DAYPASS_HEARTBEAT_MS: '2000' });
  const unread = await openRawSocket(pings);
  await unread.init(desk.admin);
  await eventually(async () => expect(await socketsOf(pings.url)).toBe(1));
  unread.socket.pause();
  const large = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(200_000) } });
  for (let count = 0; count < 300; count += 1) unread.socket.send(large);
  // What the client does not read stays in its buffers, until it is closed because it answers no
  // ping.
  let left = unread.socket.bufferedAmount;
  while ((await socketsOf(pings.url)) > 0) {
    // A socket that was cut holds nothing any more, so the last value counts.
    if (unread.socket.readyState === unread.socket.OPEN) left = unread.socket.bufferedAmount;
    await wait(200);
  }
  expect(left).toBeGreaterThan(10_000_000);
  unread.socket.terminate();
  await pings.stop();
});

/** Open sockets of the process at `url`, from its metrics. */
async function socketsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^daypass_open_connections\{door="websocket"\} (\d+)$/m.exec(text)?.[1]);
}

const headersOf = (authorization: string | null): Record<string, string> =>
  authorization === null ? {} : { authorization };
