import { once } from 'node:events';
import { doors, openSocket, type DoorAnswer } from '../support/desk/doors';
import { CreateKeyDocument, RevokeKeyDocument } from '../generated/operations';
import {
  eventually,
  openTestSite,
  type Desk,
  type Person,
  type TestSite,
} from '../support/desk/desk';
import { askForEvents } from '../support/desk/event-reader';
import { addKey, openPortalSession } from '../support/desk/keys';
import { bounded } from '../support/desk/socket';
import { hangMs } from '../support/patience';
import { startReplica } from '../support/desk/replica';
import { act } from '../support/desk/streams';

const origin = 'https://portal.partner.example';

let site: TestSite;
let url: string;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite({
    DAYPASS_INTROSPECTION: 'false',
    DAYPASS_MAX_BODY_BYTES: '20000',
    DAYPASS_MAX_DOCUMENT_BYTES: '5000',
    DAYPASS_MAX_TOKENS: '300',
    DAYPASS_MAX_DEPTH: '5',
    DAYPASS_MAX_FIELDS: '20',
    DAYPASS_MAX_ALIASES: '5',
    DAYPASS_MAX_DIRECTIVES: '3',
    DAYPASS_MAX_COST: '200',
    DAYPASS_COST_BUCKET: '400',
    DAYPASS_COST_PER_SECOND: '1',
    DAYPASS_ANONYMOUS_COST_BUCKET: '100',
    DAYPASS_ANONYMOUS_COST_PER_SECOND: '1',
    DAYPASS_CONSUME_CALLS: '3',
    DAYPASS_CONSUME_CALLS_PER_MINUTE: '1',
    DAYPASS_MAX_SUBSCRIPTION_COST: '60',
    DAYPASS_MAX_KEYS: '3',
    DAYPASS_MAX_CONNECTIONS: '3',
    DAYPASS_MAX_SOCKET_OPERATIONS: '2',
    DAYPASS_ORIGINS: origin,
    DAYPASS_TRUSTED_PROXIES: '127.0.0.1',
  });
  url = site.service.url;
});

beforeEach(async () => {
  desk = await site.openDesk({ passes: 5 });
});

afterAll(() => site.close());

/** The one error of an answer, by its code and whether it says when to retry. */
function faultOf({ data, errors }: DoorAnswer) {
  expect(data ?? null).toBeNull();
  expect(errors).toHaveLength(1);
  return errors![0]!;
}

const repeat = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');

describe.each(doors)('over $name', (door) => {
  const ask = (query: string, rest: { variables?: object } = {}, person = desk.admin) =>
    door.ask(url, person.bearer, { query, ...rest });

  /** The admin's remaining budget, without the cost of this query. */
  const available = async () => {
    const { extensions } = await ask('{ __typename }');
    return extensions!.cost!.throttleStatus.currentlyAvailable;
  };

  const consumptions = (inner: string) =>
    `{ dayPassConsumptions(first: 1) { edges { node { ${inner} } } } }`;
  const tooMuch: [what: string, query: string, code: string][] = [
    ['tokens', `{ account { ${'id '.repeat(300)} } }`, 'GRAPHQL_PARSE_FAILED'],
    ['depth', consumptions('wallet { client { id } }'), 'GRAPHQL_VALIDATION_FAILED'],
    [
      'depth by way of fragments',
      `${consumptions('...a')} fragment a on DayPassConsumption { wallet { ...b } }
       fragment b on DayPassWallet { client { id } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['aliases', `{ account { ${repeat(6, (at) => `a${at}: id`)} } }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'directives',
      `{ account { ${repeat(4, () => 'id @include(if: true)')} } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['fields', `{ account { ${'id '.repeat(21)} } }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'fields by way of fragments',
      `{ account { ...a ... { ${'id '.repeat(11)} } } } fragment a on Account { ${'id '.repeat(10)} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['operations', repeat(21, (at) => `query q${at} { __typename }`), 'GRAPHQL_VALIDATION_FAILED'],
    ['lines', `{ account { id } } ${'\n'.repeat(301)}`, 'GRAPHQL_PARSE_FAILED'],
    ['lines of comments', `{ account { id } } ${'#\r'.repeat(301)}`, 'GRAPHQL_PARSE_FAILED'],
    ['bytes', `{ account { id } } # ${'x'.repeat(5_000)}`, 'GRAPHQL_PARSE_FAILED'],
    ['introspection', '{ __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'introspection of one type',
      '{ __type(name: "Agent") { name } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'cost',
      '{ dayPassConsumptions(first: 100) { edges { node { agent { id } wallet { id } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
    [
      'cost of several pages',
      `{ ${repeat(3, (at) => `a${at}: agents(first: 90) { edges { node { id } } }`)} }`,
      'QUERY_TOO_COMPLEX',
    ],
  ];

  test.each(tooMuch)('too much is refused: %s', async (_what, query, code) => {
    expect(faultOf(await ask(query)).extensions).toEqual({ code });
  });

  test('what is just within the limits is answered', async () => {
    const queries = [
      `{ account { ${repeat(5, (at) => `a${at}: id`)} } }`,
      `{ account { ${repeat(3, () => 'id @include(if: true)')} } }`,
      `{ account { ${'id '.repeat(20)} } }`,
      consumptions('wallet { id }'),
      '{ dayPassConsumptions(first: 99) { edges { node { agent { id } } } } }',
    ];
    for (const query of queries) expect((await ask(query)).errors).toBeUndefined();
  });

  test('a page’s size counts in a variable and in the operation', async () => {
    const query = `query ($first: Int = 100) {
      dayPassConsumptions(first: $first) { edges { node { agent { id } wallet { id } } } } }`;
    expect(faultOf(await ask(query)).extensions?.code).toBe('QUERY_TOO_COMPLEX');
    const page = await ask(query, { variables: { first: 10 } });
    expect(page.errors).toBeUndefined();
    expect(page.extensions?.cost?.requestedQueryCost).toBe(31);
  });

  test('ids count one by one', async () => {
    const ids = Array.from({ length: 100 }, () => site.service.url);
    const query =
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Agent { activeDayPass { wallet { id } } } } }';
    expect(faultOf(await ask(query, { variables: { ids } })).extensions?.code).toBe(
      'QUERY_TOO_COMPLEX',
    );
  });

  test('the cost of an operation is reported, and the unused part is given back', async () => {
    const before = await available();
    const { extensions } = await ask('{ agents(first: 50) { edges { node { id } } } }');
    expect(extensions?.cost).toEqual({
      requestedQueryCost: 51,
      // The desk has an admin and an agent.
      actualQueryCost: 3,
      throttleStatus: { maximumAvailable: 400, currentlyAvailable: before - 3, restoreRate: 1 },
    });
  });

  test('an answer with errors costs the full requested cost', async () => {
    const before = await available();
    const { errors, extensions } = await ask(
      '{ agents(first: 50) { edges { node { id } } } viewer { portalAccess(ticketId: "x") { allowed } } }',
    );
    expect(errors).toHaveLength(1);
    expect(extensions?.cost).toMatchObject({
      requestedQueryCost: 53,
      actualQueryCost: 53,
      throttleStatus: { currentlyAvailable: before - 53 },
    });
  });

  test('an operation that is too complex costs nothing, and its cost is reported', async () => {
    const before = await available();
    const page = 'agents(first: 100) { edges { node { id } } }';
    const answer = await ask(`{ a: ${page} b: ${page} }`);
    expect(faultOf(answer).message).toBe(
      'The operation would cost 202; one operation may cost at most 200. Ask for smaller pages.',
    );
    // A socket gets an `error`, which has room for errors only.
    if (door.name !== 'WebSocket') {
      expect(answer.extensions?.cost).toMatchObject({
        requestedQueryCost: 202,
        actualQueryCost: 0,
      });
    }
    expect(await available()).toBe(before - 1);
  });

  test('a caller without budget is refused until it has come back, at every door, and no other caller is', async () => {
    // A mutation costs the same whatever its result.
    const query = `mutation { ${repeat(5, (at) => `a${at}: updateAccount(input: {}) { account { id } }`)} }`;
    let answer = await ask(query);
    for (let tries = 0; tries < 30 && !answer.errors; tries += 1) answer = await ask(query);
    const refused = faultOf(answer);
    expect(refused.extensions).toEqual({
      code: 'RATE_LIMITED',
      retryAfterMs: expect.any(Number),
    });
    for (const other of doors) {
      const again = await other.ask(url, desk.admin.bearer, { query });
      expect(faultOf(again).extensions?.code).toBe('RATE_LIMITED');
    }
    expect((await ask('{ account { id } }', {}, desk.agent)).errors).toBeUndefined();
  });

  test('consumeDayPass may be called so often, and aliases are calls', async () => {
    const query = `mutation ($input: ConsumeDayPassInput!) {
      ${repeat(5, (at) => `a${at}: consumeDayPass(input: $input) { userErrors { code } }`)} }`;
    const variables = { input: { confirmationToken: 'none' } };
    const { data, errors } = await ask(query, { variables }, desk.agent);
    const invalid = { userErrors: [{ code: 'CONFIRMATION_INVALID' }] };
    expect(data).toEqual({ a0: invalid, a1: invalid, a2: invalid, a3: null, a4: null });
    expect(errors?.map(({ extensions, path }) => ({ ...extensions, path }))).toEqual(
      ['a3', 'a4'].map((alias) => ({
        code: 'RATE_LIMITED',
        retryAfterMs: expect.any(Number),
        path: [alias],
      })),
    );
  });

  test('tokens that are forged or malformed use up no call with a good one', async () => {
    const query = `mutation ($input: ConsumeDayPassInput!) {
      consumeDayPass(input: $input) { userErrors { code } } }`;
    const proceed = async (confirmationToken: string) => {
      const variables = { input: { confirmationToken } };
      const { data, errors } = await ask(query, { variables }, desk.agent);
      return errors ? errors[0]?.extensions?.code : data?.consumeDayPass;
    };
    const good = await desk.tokenFor(desk.agent);
    const codes: unknown[] = [];
    for (const token of ['', 'none', `${good}x`, `x${good}`, good.slice(1)]) {
      codes.push(await proceed(token));
    }
    expect(codes.slice(3)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    expect(await proceed(good)).toEqual({ userErrors: [] });
  });

  test('names of the schema are not suggested', async () => {
    const field = faultOf(await ask('{ accoun { id } }'));
    expect(field.message).toBe('Cannot query field "accoun" on type "Query".');
    const value = faultOf(
      await ask('query ($f: AgentFilter) { agents(filter: $f) { totalCount } }', {
        variables: { f: { statu: 'ACTIVE' } },
      }),
    );
    expect(value.message).toContain('"statu" is not defined');
    expect(value.message).not.toMatch(/did you mean/i);
  });

  test('several operations at once are no request', async () => {
    const batch = JSON.stringify([
      { query: '{ account { id } }' },
      { query: '{ account { id } }' },
    ]);
    expect([400, 4400]).toContain(await door.send(url, desk.admin.bearer, batch));
  });

  test('a body or frame that is too large is not read', async () => {
    const query = `{ account { id } } # ${'x'.repeat(20_000)}`;
    const refused = await door.send(url, desk.admin.bearer, JSON.stringify({ query }));
    expect([413, 1009]).toContain(refused);
  });

  test('pages of other origins are allowed if they are named', async () => {
    const own = new URL(url).origin;
    for (const [from, isLetIn] of [
      [origin, true],
      [own, true],
      ['https://elsewhere.example', false],
      [`${origin}.elsewhere.example`, false],
      ['null', false],
    ] as const) {
      expect([from, await door.comeFrom(url, desk.admin.bearer, from)]).toEqual([from, isLetIn]);
    }
  });
});

test('over HTTP, status and header report when a caller without budget may retry', async () => {
  const ask = () =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${desk.agent.bearer}`,
      },
      body: JSON.stringify({ query: '{ a: account { id } b: account { id } }' }),
    });
  let response = await ask();
  for (let tries = 0; tries < 300 && response.status === 200; tries += 1) response = await ask();
  expect(response.status).toBe(429);
  // Two are wanted, and one comes back per second.
  expect(['1', '2']).toContain(response.headers.get('retry-after'));
});

describe('an account', () => {
  test('has five times what a caller has: more callers do not spend more', async () => {
    const crowd = await desk.addAgents(Array.from({ length: 9 }, () => ({})));
    // Each costs 50, and the opening of a refused one 0.
    const query = `mutation { ${repeat(5, (at) => `a${at}: updateAccount(input: {}) { account { id } }`)} }`;
    const codeFor = async (person: Person) => {
      const { errors } = await doors[0]!.ask(url, person.bearer, { query });
      return errors?.[0]?.extensions?.code;
    };
    const codes: unknown[] = [];
    for (const person of crowd) {
      for (let at = 0; at < 6; at += 1) codes.push(await codeFor(person));
    }
    // Nobody has asked for more than a caller may.
    expect(new Set(codes)).toEqual(new Set(['FORBIDDEN', 'RATE_LIMITED']));
    expect(codes.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 'FORBIDDEN'));
    const other = await site.openDesk();
    expect(await codeFor(other.agent)).toBe('FORBIDDEN');
  });

  test('has so many keys that live; revoked and ended ones make room, and more are kept', async () => {
    const make = async (expiresAt?: string) => {
      const { createApiKey } = await act(desk, CreateKeyDocument, {
        input: { name: 'A key', scopes: ['tickets:read'], expiresAt },
      });
      return createApiKey!;
    };
    const keys = await Promise.all(Array.from({ length: 5 }, () => make()));
    const made = keys.flatMap(({ apiKey }) => (apiKey ? [apiKey.id] : []));
    expect(made).toHaveLength(3);
    const refused = { apiKey: null, secret: null, userErrors: [{ code: 'LIMIT_REACHED' }] };
    expect(await make()).toMatchObject(refused);
    await act(desk, RevokeKeyDocument, { input: { apiKeyId: made[0]! } });
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect((await make(later)).userErrors).toEqual([]);
    // The service itself may not change the end of a key.
    await site.source.query('grant update (expires_at) on api_keys to current_user');
    await desk.sql(
      `update api_keys set expires_at = clock_timestamp()
       where account_id = $1 and expires_at is not null`,
    );
    const last = await make();
    expect(last.userErrors).toEqual([]);
    // An account that had more before there was a limit.
    await desk.sql('update api_keys set revoked_at = null where account_id = $1');
    expect(await make()).toMatchObject(refused);
    const bearer = last.secret!;
    const { data } = await doors[0]!.ask(url, bearer, { query: '{ viewer { kind } }' });
    expect(data).toEqual({ viewer: { kind: 'SERVICE_KEY' } });
  });

  test("whose portal session has no budget left does not reduce its agent's budget", async () => {
    const key = await addKey(desk, { scopes: ['portal_sessions:write'] });
    const session = await openPortalSession(desk, key, desk.agent);
    const query = `mutation { ${repeat(5, (at) => `a${at}: consumeDayPass(input: { confirmationToken: "x" }) { userErrors { code } }`)} }`;
    const codes: unknown[] = [];
    for (let at = 0; at < 9; at += 1) {
      const { errors } = await doors[0]!.ask(url, session.bearer, { query });
      codes.push(errors?.[0]?.path ?? errors?.[0]?.extensions?.code);
    }
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    expect((await desk.enter(desk.agent)).wallet.balance).toBe(4);
  });
});

describe('a subscription', () => {
  const query = 'subscription { dayPassWalletChanged { balance wallet { id } } }';

  test('may cost so much, at both of its doors', async () => {
    const counts = repeat(5, (at) => `a${at}: events(first: 0) { totalCount }`);
    const dear = `subscription { dayPassWalletChanged { wallet { ${counts} } } }`;
    for (const door of doors.filter(({ name }) => name !== 'HTTP')) {
      const refused = faultOf(await door.ask(url, desk.admin.bearer, { query: dear }));
      expect(refused.extensions).toEqual({ code: 'QUERY_TOO_COMPLEX' });
      expect(refused.message).toBe(
        'The operation would cost 67; one operation may cost at most 60. Ask for smaller pages.',
      );
    }
  });

  test.each(['variables', 'extensions'])('is kept with its %s, which are short', async (part) => {
    for (const door of doors.filter(({ name }) => name !== 'HTTP')) {
      const asked = { query, [part]: { unused: 'x'.repeat(16_500) } };
      const refused = faultOf(await door.ask(url, desk.admin.bearer, asked));
      expect(refused.extensions).toEqual({ code: 'BAD_USER_INPUT' });
      expect(refused.message).toMatch(/^A subscription has at most 16384 characters/);
    }
  });

  test('is charged for each message that is executed for it', async () => {
    const { bearer } = desk.agent;
    const left = async () => {
      const { extensions } = await doors[0]!.ask(url, bearer, { query: '{ __typename }' });
      return extensions!.cost!.throttleStatus.currentlyAvailable;
    };
    const socket = await openSocket(url, bearer);
    socket.send({ id: '1', type: 'subscribe', payload: { query } });
    await socket.next();
    const before = await left();
    const startedAt = performance.now();
    for (let count = 0; count < 15; count += 1) {
      // Paid by the admin.
      await desk.add(1);
      await socket.next();
    }
    const restored = (performance.now() - startedAt) / 1_000 + 1;
    expect(before - (await left())).toBeGreaterThanOrEqual(15 * 2 - restored);
    await socket.close();
  });

  test('receives every change in order even if its caller has no budget left, and so do equal ones', async () => {
    const people = [desk.agent, desk.admin];
    const sockets = await Promise.all(people.map(({ bearer }) => openSocket(url, bearer)));
    for (const socket of sockets) {
      socket.send({ id: '1', type: 'subscribe', payload: { query } });
      await socket.next();
    }
    const counts = repeat(5, (at) => `a${at}: dayPassConsumptions(first: 0) { totalCount }`);
    let left = Infinity;
    for (let at = 0; at < 20 && left >= 100; at += 1) {
      const answer = await doors[0]!.ask(url, desk.agent.bearer, { query: `{ ${counts} }` });
      left = answer.extensions!.cost!.throttleStatus.currentlyAvailable;
    }
    expect(left).toBeLessThan(100);
    for (let at = 0; at < 3; at += 1) await desk.add(1);
    for (const socket of sockets) {
      const messages = [await socket.next(), await socket.next(), await socket.next()];
      const balances = messages.map(
        ({ payload }) =>
          (payload as { data: { dayPassWalletChanged: { balance: number } } }).data
            .dayPassWalletChanged.balance,
      );
      expect(balances).toEqual([6, 7, 8]);
      await socket.close();
    }
  });

  test('reports the cost of its opening with its first message', async () => {
    const socket = await openSocket(url, desk.admin.bearer);
    socket.send({ id: '1', type: 'subscribe', payload: { query } });
    const first = (await socket.next()).payload as DoorAnswer;
    expect(first.extensions?.cost).toMatchObject({ requestedQueryCost: 12, actualQueryCost: 12 });
    await desk.add(1);
    const second = (await socket.next()).payload as DoorAnswer;
    expect(second.data).toMatchObject({ dayPassWalletChanged: { balance: 6 } });
    expect(second.extensions).toBeUndefined();
    await socket.close();
  });

  test('is refused if too many operations run on its socket, which stays open', async () => {
    const socket = await openSocket(url, desk.admin.bearer);
    for (const id of ['1', '2']) {
      socket.send({ id, type: 'subscribe', payload: { query } });
      expect(await socket.next()).toMatchObject({ id, type: 'next' });
    }
    socket.send({ id: '3', type: 'subscribe', payload: { query } });
    expect(await socket.next()).toMatchObject({
      id: '3',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    socket.send({ id: '1', type: 'complete' });
    socket.send({ id: '4', type: 'subscribe', payload: { query } });
    expect(await socket.next()).toMatchObject({ id: '4', type: 'next' });
    await socket.close();
  });

  test('is refused if its principal has no budget left', async () => {
    const socket = await openSocket(url, desk.admin.bearer);
    const heard = async (id: string) => {
      socket.send({ id, type: 'subscribe', payload: { query } });
      const message = await socket.next();
      socket.send({ id, type: 'complete' });
      return message;
    };
    let message = await heard('0');
    for (let at = 1; at < 200 && message.type === 'next'; at += 1) message = await heard(`${at}`);
    expect(message).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) } }],
    });
    await socket.close();
  });
});

test('callers without a credential share the budget of their address, and use no other', async () => {
  const query = `mutation { ${repeat(5, (at) => `a${at}: activateAgent(input: {activationToken: "none"}) { email }`)} }`;
  const activateFrom = async (address: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as DoorAnswer;
  };
  let answer = await activateFrom('203.0.113.7');
  for (let tries = 0; tries < 30 && !answer.errors; tries += 1) {
    answer = await activateFrom('203.0.113.7');
  }
  expect(faultOf(answer).extensions?.code).toBe('RATE_LIMITED');
  expect((await activateFrom('203.0.113.8')).errors).toBeUndefined();
});

test('a long list of values is charged before it is answered, without a credential too', async () => {
  const ask = async (query: string) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' };
    const body = JSON.stringify({ query });
    return (await (
      await fetch(`${url}/graphql`, { method: 'POST', headers, body })
    ).json()) as DoorAnswer;
  };
  const refused = await ask('{ a: zoneNames b: zoneNames }');
  expect(faultOf(refused).extensions?.code).toBe('QUERY_TOO_COMPLEX');
  const { data, extensions } = await ask('{ zoneNames }');
  const { length } = data!.zoneNames as string[];
  expect(extensions?.cost).toMatchObject({
    requestedQueryCost: 70,
    actualQueryCost: Math.ceil(length / 10),
  });
});

describe('sockets', () => {
  test('of one principal are so many, and each that closes makes room', async () => {
    const open = () => openSocket(url, desk.admin.bearer);
    const sockets = [await open(), await open(), await open()];
    const refused = await openSocket(url, null);
    const reason = once(refused.raw, 'close').then(([code, text]) => [code, String(text)]);
    refused.send({
      type: 'connection_init',
      payload: { authorization: `Bearer ${desk.admin.bearer}` },
    });
    // The stock client reconnects after 1013, and never after 4429.
    expect(await bounded(reason, 'the end')).toEqual([1013, 'Too many connections']);
    const other = await openSocket(url, desk.agent.bearer);
    await sockets.pop()!.close();
    sockets.push(await open());
    for (const socket of [...sockets, other]) await socket.close();
  });

  test('and event streams are counted together: one more stream is refused until there is room', async () => {
    const query = 'subscription { dayPassWalletChanged { balance } }';
    const sockets = [
      await openSocket(url, desk.admin.bearer),
      await openSocket(url, desk.admin.bearer),
    ];
    const leaves = new AbortController();
    const ask = (signal?: AbortSignal) =>
      askForEvents(url, query, { bearer: desk.admin.bearer, signal });
    const stream = await ask(leaves.signal);
    expect(stream.status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    leaves.abort();
    await eventually(async () => {
      const again = await ask(AbortSignal.timeout(hangMs));
      await again.body?.cancel();
      expect(again.status).toBe(200);
    });
    for (const socket of sockets) await socket.close();
  });

  test('without connection_init are closed', async () => {
    const impatient = await startReplica(site.service.databaseUrl, {
      DAYPASS_SOCKET_INIT_MS: '200',
    });
    const idle = await openSocket(impatient.url, null);
    expect(await bounded(idle.closed, 'the end')).toBe(4408);
    await impatient.stop();
  });
});
