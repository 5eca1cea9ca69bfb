import { createClient } from 'graphql-sse';
import { print } from 'graphql';
import {
  AskGateDocument,
  GrantPassesDocument,
  WatchEventsDocument,
  WatchExpiriesDocument,
  WatchGateDocument,
  WatchTicketDocument,
  WatchWalletDocument,
  ProceedDocument,
  TheAccountDocument,
  WhereItStandsDocument,
  type WatchEventsSubscription,
} from '../generated/operations';
import { eventually, type Desk } from '../support/desk/desk';
import {
  askForEvents,
  EventReader,
  readersOf,
  type AskOptions,
} from '../support/desk/event-reader';
import { faultOf } from '../support/faults/fault';
import { subscribersOf } from '../support/desk/socket';
import { act, openStreamSite, type StreamSite } from '../support/desk/streams';

let at: StreamSite;
let desk: Desk;

beforeAll(async () => {
  at = await openStreamSite();
  desk = await at.site.openDesk({ passes: 1 });
});

afterAll(() => at.close());

const asAdmin = () => ({ bearer: desk.admin.bearer });
const account = '{ account { slug } }';

describe('a query or a mutation is answered by one event and the end', () => {
  test('a query', async () => {
    const reader = await EventReader.open(at.here.url, TheAccountDocument, asAdmin());
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reader.response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(reader.response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(await reader.rest()).toMatchObject([
      { event: 'next', lastEventId: '', result: { data: { account: expect.anything() } } },
      { event: 'complete', lastEventId: '', result: null },
    ]);
  });

  test('a mutation, as over HTTP', async () => {
    const [agent] = await desk.addAgents([{}]);
    await desk.add(1);
    const ask = await EventReader.open(at.here.url, AskGateDocument, { bearer: agent!.bearer });
    const { portalAccess: access } = (await ask.data()).viewer;
    if (access.__typename !== 'DayPassRequired') throw new Error(access.__typename);
    const proceed = await EventReader.open(at.here.url, ProceedDocument, {
      bearer: agent!.bearer,
      variables: { token: access.confirmation!.token },
    });
    expect((await proceed.data()).consumeDayPass).toMatchObject({ userErrors: [] });
    expect((await desk.ask(agent!)).__typename).toBe('PortalAccessGranted');
  });

  test('with the same errors as over HTTP, and nothing of internal faults', async () => {
    const ghost = await desk.bearer('not an id that PostgreSQL takes');
    const variables = { input: { quantity: 1, reason: 'A try', idempotencyKey: 'k' } };
    const asked: [document: never, bearer: string, variables: object, code: string][] = [
      [GrantPassesDocument as never, desk.agent.bearer, variables, 'FORBIDDEN'],
      [AskGateDocument as never, ghost, {}, 'INTERNAL_SERVER_ERROR'],
      [WatchGateDocument as never, ghost, {}, 'INTERNAL_SERVER_ERROR'],
    ];
    for (const [document, token, input, code] of asked) {
      const reader = await EventReader.open(at.here.url, document, {
        bearer: token,
        variables: input as never,
      });
      const errors = (await reader.rest())[0]?.result?.errors;
      expect(errors).toMatchObject([{ extensions: { code } }]);
      if ((document as unknown) === WatchGateDocument) continue;
      const overHttp = await at.here.request(document, { token, variables: input as never });
      expect(errors).toEqual(overHttp.errors);
    }
  });

  test('errors of its text are sent in the stream, as the protocol requires', async () => {
    const wrong: [text: string, code: string][] = [
      ['{ account { slug', 'GRAPHQL_PARSE_FAILED'],
      ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      [`{ ${'__typename '.repeat(6_000)} }`, 'GRAPHQL_PARSE_FAILED'],
      ['query A { account { slug } } query B { account { id } }', 'BAD_USER_INPUT'],
      [print(WatchTicketDocument), 'BAD_USER_INPUT'],
    ];
    for (const [text, code] of wrong) {
      const response = await askForEvents(at.here.url, text, asAdmin());
      expect(response.status).toBe(200);
      const [next, complete] = (await response.text()).split('\n\n').slice(1);
      expect(next).toMatch(/^event: next\ndata: \{"errors":\[/);
      expect(next).toContain(`"code":"${code}"`);
      expect(complete).toBe('event: complete\ndata:');
    }
  });
});

describe('a wrong request is answered with a status and a code of the list', () => {
  const ask = (options: AskOptions, text = account) =>
    askForEvents(at.here.url, text, { ...asAdmin(), ...options });
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${at.here.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${desk.admin.bearer}`,
        ...headers,
      },
      body,
    });
  const cases: [what: string, send: () => Promise<Response>, status: number, code: string][] = [
    ['a bearer that is forged', () => ask({ bearer: 'a.b.c' }), 401, 'UNAUTHENTICATED'],
    ['no events wanted', () => ask({ headers: { accept: 'text/html' } }), 406, 'BAD_USER_INPUT'],
    [
      'events not wanted',
      () => ask({ headers: { accept: 'text/event-stream;q=0, application/json' } }),
      406,
      'BAD_USER_INPUT',
    ],
    ['malformed JSON', () => post('{"query": '), 400, 'BAD_USER_INPUT'],
    ['a batch', () => post(`[{"query":"${account}"}]`), 400, 'BAD_USER_INPUT'],
    ['no query', () => post('{}'), 400, 'BAD_USER_INPUT'],
    ['a query that is no text', () => post('{"query":5}'), 400, 'BAD_USER_INPUT'],
    [
      'a name that is no text',
      () => post('{"query":"{a}","operationName":5}'),
      400,
      'BAD_USER_INPUT',
    ],
    [
      'variables that are a list',
      () => post('{"query":"{a}","variables":[]}'),
      400,
      'BAD_USER_INPUT',
    ],
    ['a text', () => post('{}', { 'content-type': 'text/plain' }), 415, 'BAD_USER_INPUT'],
    [
      'a form',
      () => post('query=a', { 'content-type': 'multipart/form-data' }),
      415,
      'BAD_USER_INPUT',
    ],
    ['too much', () => post(JSON.stringify({ query: 'x'.repeat(300_000) })), 413, 'BAD_USER_INPUT'],
    [
      'variables in the address that are no JSON',
      () =>
        fetch(`${at.here.url}/graphql/stream?query=${account}&variables=%7B`, {
          headers: { accept: 'text/event-stream' },
        }),
      400,
      'BAD_USER_INPUT',
    ],
    ['no GraphQL at all', () => fetch(`${at.here.url}/graphql/stream`), 400, 'BAD_USER_INPUT'],
    [
      'a reservation of the single connection mode, which is not offered',
      () => fetch(`${at.here.url}/graphql/stream`, { method: 'PUT' }),
      404,
      'NOT_FOUND',
    ],
  ];

  test.each(cases)('%s', async (_what, send, status, code) => {
    expect(await faultOf(await send())).toMatchObject({ status, code });
  });

  test('a mutation by GET, which is not done', async () => {
    const before = await desk.balance();
    const variables = { input: { quantity: 1, reason: 'A try', idempotencyKey: 'get' } };
    const response = await ask({ method: 'GET', variables }, print(GrantPassesDocument));
    expect(response.headers.get('allow')).toBe('POST');
    expect(await faultOf(response)).toMatchObject({ status: 405, code: 'BAD_USER_INPUT' });
    expect(await desk.balance()).toBe(before);
  });

  test('HEAD, which opens no stream', async () => {
    const search = new URLSearchParams({ query: print(WatchEventsDocument) });
    const address = `${at.here.url}/graphql/stream?${search}`;
    const headers = { authorization: `Bearer ${desk.admin.bearer}` };
    expect((await fetch(address, { method: 'HEAD', headers })).status).toBe(404);
    expect(await readersOf(at.here.url)).toBe(0);
  });

  test('a bearer is read from the header only, never from the address', async () => {
    const { bearer } = desk.admin;
    const search = new URLSearchParams({ query: account, authorization: `Bearer ${bearer}` });
    for (const name of ['access_token', 'token', 'bearer']) search.set(name, bearer);
    const response = await fetch(`${at.here.url}/graphql/stream?${search}`);
    expect(await response.text()).toContain('"code":"UNAUTHENTICATED"');
  });
});

describe('the id of an event', () => {
  const subscribe = (options: AskOptions = {}, url = at.here.url) =>
    EventReader.open(url, WatchEventsDocument, { ...asAdmin(), ...options });

  test('is the cursor of the journal, whether the query selects it or not', async () => {
    const asking = await subscribe();
    const silent = await EventReader.open<Record<string, unknown>, object>(
      at.there.url,
      'subscription { dayPassEvents { delta } }' as never,
      asAdmin(),
    );
    const wallet = await EventReader.open(at.here.url, WatchWalletDocument, asAdmin());
    const state = await wallet.next();
    await Promise.all([asking.begun(), silent.begun()]);
    expect(state.lastEventId).toBe(state.result?.data?.dayPassWalletChanged.cursor);
    await desk.add(1);
    const told = await asking.next();
    const { cursor } = told.result!.data!.dayPassEvents;
    expect(told.lastEventId).toBe(cursor);
    expect(await silent.next()).toMatchObject({
      lastEventId: cursor,
      result: { data: { dayPassEvents: { delta: 1 } } },
    });
    expect((await wallet.next()).lastEventId).toBe(cursor);
    await Promise.all([asking.leave(), silent.leave(), wallet.leave()]);
  });

  test('is missing and ignored if the stream is not of the journal', async () => {
    const lastEventId = 'whatever';
    const gate = await EventReader.open(at.here.url, WatchGateDocument, {
      ...asAdmin(),
      lastEventId,
    });
    expect(await gate.next()).toMatchObject({ event: 'next', lastEventId: '' });
    await gate.leave();
  });

  test('replaces `after`, on any process', async () => {
    const first = await subscribe();
    await first.begun();
    await desk.add(1);
    await desk.add(1);
    const [one, two] = [await first.next(), await first.next()];
    await first.leave();
    const variables = { after: one.lastEventId };
    const again = await subscribe({ variables, lastEventId: two.lastEventId }, at.there.url);
    await desk.add(1);
    const three = (await again.data()).dayPassEvents;
    expect(three.sequence).toBe(two.result!.data!.dayPassEvents.sequence + 1);
    await again.leave();

    const wallet = await EventReader.open(at.there.url, WatchWalletDocument, {
      ...asAdmin(),
      lastEventId: one.lastEventId,
    });
    const changes = [await wallet.data(), await wallet.data()];
    expect(changes.map(({ dayPassWalletChanged: { sequence } }) => sequence)).toEqual([
      two.result!.data!.dayPassEvents.sequence,
      three.sequence,
    ]);
    await wallet.leave();
  });

  test('is sent before the first event, so that a reader who is disconnected before it misses nothing', async () => {
    const cut = await subscribe();
    await cut.begun();
    const { lastEventId } = cut;
    await cut.leave();
    await desk.add(3);
    const again = await subscribe({ lastEventId }, at.there.url);
    expect((await again.data()).dayPassEvents).toMatchObject({ delta: 3 });
    await again.leave();
  });

  test('of another kind or account, or of a history that was undone, is refused as a cursor is', async () => {
    const other = await at.site.openDesk({ passes: 1 });
    const theirs = await EventReader.open(at.here.url, WatchWalletDocument, {
      bearer: other.admin.bearer,
    });
    const foreign = (await theirs.next()).lastEventId;
    await theirs.leave();
    for (const lastEventId of ['x', foreign]) {
      expect(await (await subscribe({ lastEventId })).fault()).toBe('BAD_USER_INPUT');
    }
    const wallet = await EventReader.open(at.here.url, WatchWalletDocument, asAdmin());
    const place = (await wallet.next()).lastEventId;
    await wallet.leave();
    const bytes = Buffer.from(place.slice(3), 'base64url');
    bytes[bytes.length - 1]! ^= 1;
    const undone = `j1.${bytes.toString('base64url')}`;
    expect(await (await subscribe({ lastEventId: undone })).fault()).toBe('CURSOR_UNKNOWN');
  });
});

describe('the real client of graphql-sse', () => {
  const clientOf = (url: string, on: { connected?: () => void } = {}) =>
    createClient({
      url: `${url}/graphql/stream`,
      headers: { authorization: `Bearer ${desk.admin.bearer}` },
      retryAttempts: 0,
      on,
    });

  test('queries, subscribes, receives an error, and leaves nothing behind', async () => {
    const client = clientOf(at.here.url);
    const answers = client.iterate({ query: account });
    expect((await answers.next()).value).toMatchObject({ data: { account: { slug: desk.slug } } });
    expect((await answers.next()).done).toBe(true);
    const wrong = client.iterate({ query: '{ nothing }' });
    expect((await wrong.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    const { journalCursor: after } = (await act(desk, WhereItStandsDocument, {})).account;
    const events = client.iterate<WatchEventsSubscription>({
      query: print(WatchEventsDocument),
      variables: { after },
    });
    const first = events.next();
    await eventually(async () => expect(await subscribersOf(at.here.url)).toBe(1));
    await desk.add(2);
    expect((await first).value).toMatchObject({ data: { dayPassEvents: { delta: 2 } } });
    client.dispose();
    await eventually(async () => expect(await readersOf(at.here.url)).toBe(0));
    expect(await subscribersOf(at.here.url)).toBe(0);
  });
});

test('readers and their operations are counted under their door', async () => {
  const text = async () => (await fetch(`${at.here.url}/metrics`)).text();
  const countOf = async (type: string, code: string) =>
    Number(
      new RegExp(
        `^daypass_requests_total\\{door="sse",type="${type}",code="${code}"\\} (\\d+)$`,
        'm',
      ).exec(await text())?.[1] ?? 0,
    );
  const sent: [type: string, code: string, send: () => Promise<Response>][] = [
    ['query', 'OK', () => askForEvents(at.here.url, account, asAdmin())],
    ['query', 'UNAUTHENTICATED', () => askForEvents(at.here.url, account)],
    ['unknown', 'UNAUTHENTICATED', () => askForEvents(at.here.url, account, { bearer: 'a.b.c' })],
    ['unknown', 'GRAPHQL_PARSE_FAILED', () => askForEvents(at.here.url, '{', asAdmin())],
    ['unknown', 'BAD_USER_INPUT', () => askForEvents(at.here.url, 'x'.repeat(300_000), asAdmin())],
  ];
  for (const [type, code, send] of sent) {
    const before = await countOf(type, code);
    await (await send()).text();
    expect({ type, code, count: await countOf(type, code) }).toEqual({
      type,
      code,
      count: before + 1,
    });
  }
  const before = await countOf('subscription', 'OK');
  const reader = await EventReader.open(at.here.url, WatchExpiriesDocument, asAdmin());
  expect(await readersOf(at.here.url)).toBe(1);
  await reader.begun();
  expect(await countOf('subscription', 'OK')).toBe(before + 1);
  await reader.leave();
  await eventually(async () => expect(await readersOf(at.here.url)).toBe(0));
});
