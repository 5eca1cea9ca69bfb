import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import pino from 'pino';
import { doors, openSocket, type DoorAnswer } from '../support/desk/doors';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { askForEvents } from '../support/desk/event-reader';
import { bounded } from '../support/desk/socket';
import { root } from '../support/sources';

const answerBytesMax = 16 * 1024;

let site: TestSite;
let url: string;
let desk: Desk;
let logged = '';

beforeAll(async () => {
  const lines = new PassThrough().on('data', (line) => (logged += String(line)));
  site = await openTestSite(
    {
      DAYPASS_INTROSPECTION: 'false',
      // An operator may allow more, half of it for one field: refusals are small even then.
      DAYPASS_MAX_ALIASES: '400',
      DAYPASS_TRUSTED_PROXIES: '127.0.0.1',
      DAYPASS_ANONYMOUS_COST_BUCKET: '300',
      DAYPASS_ANONYMOUS_COST_PER_SECOND: '1',
    },
    pino({ level: 'error' }, lines),
  );
  url = site.service.url;
  desk = await site.openDesk({ passes: 1 });
});

afterEach(() => expect(logged).toBe(''));
afterAll(() => site.close());

const long = 'Did you mean '.repeat(16_000);
const agents = 'query ($f: AgentFilter) { agents(filter: $f) { totalCount } }';
const first = 'query ($i: Int!) { dayPassEvents(first: $i) { totalCount } }';
const tree = (depth: number): unknown => (depth === 0 ? 1 : [tree(depth - 1)]);

type Case = [what: string, question: { query: string; variables?: object; operationName?: string }];
const echoes: Case[] = [
  ['a value of a variable', { query: first, variables: { i: long } }],
  [
    'values of a list',
    {
      query: 'query ($i: [ID!]!) { nodes(ids: $i) { id } }',
      variables: { i: Array(500).fill({ x: 'y'.repeat(400) }) },
    },
  ],
  ['a name of a variable’s field', { query: agents, variables: { f: { [`statu ${long}`]: 1 } } }],
  [
    'names of a variable’s fields',
    {
      query: agents,
      variables: {
        f: Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`field${at}`, 'x'])),
      },
    },
  ],
  ['variables in variables', { query: first, variables: { i: 1, other: tree(2_000) } }],
  ['the name of an operation', { query: '{ account { id } }', operationName: long }],
  ['a literal', { query: `{ dayPassEvents(first: "${'x'.repeat(60_000)}") { totalCount } }` }],
  [
    'a literal of many lines',
    { query: `{ dayPassEvents(first: """${'x\n'.repeat(1_900)}""") { totalCount } }` },
  ],
  ['a name of a field', { query: `{ ${'x'.repeat(60_000)} }` }],
  ['an alias, which paths repeat', { query: `{ ${'x'.repeat(60_000)}: account { id } }` }],
  ['a name of a type', { query: `{ ... on ${'T'.repeat(60_000)} { id } }` }],
  ['a name of a variable', { query: `query ($${'v'.repeat(60_000)}: Int!) { __typename }` }],
  [
    'names of arguments',
    {
      query: `{ agents(${Array.from({ length: 500 }, (_, at) => `${'a'.repeat(100)}${at}: 1`).join(' ')}) { totalCount } }`,
    },
  ],
  ['an invalid token', { query: `{ account { id } } "${'x'.repeat(60_000)}` }],
  [
    'a cursor',
    {
      query: 'query ($c: String) { dayPassEvents(after: $c) { totalCount } }',
      variables: { c: long },
    },
  ],
  ['an id', { query: 'query ($i: ID!) { node(id: $i) { id } }', variables: { i: long } }],
];

describe.each(doors)('over $name', (door) => {
  test.each(echoes)('the answer to a refused request is small: %s', async (_what, question) => {
    const answer = await door.ask(url, desk.admin.bearer, question);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(answerBytesMax);
    for (const { message } of answer.errors ?? []) expect(message.length).toBeLessThanOrEqual(500);
  });

  test('many wrong variables are faults of the request, the last that is named included', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `$v${at}: Int!`);
    const uses = names.map((_, at) => `a${at}: dayPassEvents(first: $v${at}) { totalCount }`);
    const query = `query (${names.join(' ')}) { ${uses.join(' ')} }`;
    const { errors } = await door.ask(url, desk.admin.bearer, { query, variables: {} });
    expect(new Set(errors!.map(({ extensions }) => extensions!.code))).toEqual(
      new Set(['BAD_USER_INPUT']),
    );
    expect(errors!.length).toBeLessThanOrEqual(6);
  });

  test('an answer with only failed fields is small, whatever their names', async () => {
    const name = (at: number) => `${'x'.repeat(196)}${at}`;
    const fields = Array.from(
      { length: 200 },
      (_, at) => `${name(at)}: auditEvents { totalCount }`,
    );
    for (const [count, names] of [
      [200, 'long'],
      [3, 'short'],
    ] as const) {
      const query = `{ ${fields.slice(0, count).join(' ')} }`;
      const answer = await door.ask(url, desk.agent.bearer, { query });
      expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(answerBytesMax);
      expect(answer.errors![0]!.extensions!.code).toBe('FORBIDDEN');
      const nulls = { [name(0)]: null, [name(1)]: null, [name(2)]: null };
      expect([names, answer.data]).toEqual([names, names === 'long' ? null : nulls]);
    }
  });

  test('a condition at the root of a subscription is refused, at any place', async () => {
    const roots = [
      'dayPassEvents @include(if: $x) { sequence }',
      'dayPassEvents @skip(if: $x) { sequence }',
      '... @include(if: $x) { dayPassEvents { sequence } }',
      '... on Subscription { ... @skip(if: $x) { dayPassEvents { sequence } } }',
      '...f @include(if: $x)',
      '...f',
    ];
    const fragment = 'fragment f on Subscription { dayPassEvents @include(if: $x) { sequence } }';
    for (const root of roots) {
      const query = `subscription ($x: Boolean!) { ${root} } ${root.includes('...f') ? fragment : ''}`;
      for (const variables of [{}, { x: true }, { x: null }]) {
        const { errors } = await door.ask(url, desk.admin.bearer, { query, variables });
        expect([root, errors?.[0]?.extensions]).toEqual([
          root,
          { code: 'GRAPHQL_VALIDATION_FAILED' },
        ]);
      }
    }
  });

  test('persisted queries are off, with the answer that Apollo’s clients expect', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } };
    for (const query of [undefined, '{ account { id } }']) {
      const question = { query, extensions } as { query: string };
      const { data, errors } = await door.ask(url, desk.admin.bearer, question);
      expect(data ?? null).toBeNull();
      expect(errors).toEqual([
        { message: 'PersistedQueryNotSupported', extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });

  test('comparing repeated fields takes a time that grows with their number', async () => {
    const query = `{ viewer { ${'agent { id } '.repeat(199)} } }`;
    expect((await door.ask(url, desk.agent.bearer, { query })).errors).toBeUndefined();
  });
});

test('over HTTP, a persisted query is answered with 200 for any accepted type', async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } };
  for (const accept of ['application/json', 'application/graphql-response+json']) {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/json' },
      body: JSON.stringify({ extensions }),
    });
    expect([accept, response.status]).toEqual([accept, 200]);
    expect(response.headers.get('cache-control')).toContain('no-store');
  }
});

test('over HTTP, the headers of a request are not repeated at length', async () => {
  const text = 'x'.repeat(7_000);
  const answers = await Promise.all([
    fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': text }, body: '{}' }),
    fetch(`${url}/${text}%zz`),
    fetch(`${url}/graphql`, { headers: { accept: text } }),
    fetch(`${url}/graphql/stream?variables=${text}`, { headers: { accept: 'text/event-stream' } }),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await answer.text()).length).toBeLessThan(1_000);
  }
});

describe('without a credential', () => {
  const http = async (question: object, address: string): Promise<DoorAnswer> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify(question),
    });
    return (await response.json()) as DoorAnswer;
  };
  const sse = async ({ query }: { query: string }, address: string): Promise<DoorAnswer> => {
    const response = await askForEvents(url, query, { headers: { 'x-forwarded-for': address } });
    const [, told] = /event: next\ndata: (.*)/.exec(await response.text())!;
    return JSON.parse(told!) as DoorAnswer;
  };
  const ways = [
    ['HTTP', http, '2001:db8:1', '203.0.113.1'],
    ['SSE', sse, '2001:db8:2', '203.0.113.2'],
  ] as const;

  test.each(ways)(
    'over %s, what is refused is charged to the address',
    async (_, ask, network, ip) => {
      const bad = { query: `{ nothing ${'#'.repeat(20_000)}\n }` };
      const unreadable = { query: `{ ${'#'.repeat(20_000)}` };
      const codes: unknown[] = [];
      for (let tries = 0; tries < 20; tries += 1) {
        // Each machine of an IPv6 network may use all of its addresses.
        const { errors } = await ask(tries % 2 ? bad : unreadable, `${network}:7::${tries + 1}`);
        codes.push(errors?.[0]?.extensions?.code);
      }
      expect(new Set(codes)).toEqual(
        new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'RATE_LIMITED']),
      );
      expect(codes.at(-1)).toBe('RATE_LIMITED');
      // No other caller is refused: neither at another address nor, with a credential, at the same.
      expect((await ask({ query: '{ __typename }' }, ip)).errors).toBeUndefined();
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${desk.admin.bearer}`,
          'x-forwarded-for': `${network}:7::1`,
        },
        body: JSON.stringify({ query: '{ account { id } }' }),
      });
      expect(response.status).toBe(200);
    },
  );
});

describe('a socket', () => {
  const closesWith = async (message: object) => {
    const socket = await openSocket(url, desk.admin.bearer);
    socket.send(message);
    return bounded(socket.closed, 'the end');
  };

  test('is closed for an id that its answers would repeat at length', async () => {
    const payload = { query: '{ account { id } }' };
    expect(await closesWith({ id: 'x'.repeat(5_000), type: 'subscribe', payload })).toBe(4400);
  });
});

describe('a key that changes what objects inherit is refused, and named', () => {
  const proto = '"__proto__": {"a": 1}';
  const escaped = '"\\u005f_proto__": {"a": 1}';
  const query = '"query": "{ account { id } }"';
  const bodies: [what: string, key: string, body: string][] = [
    ['in the body', '__proto__', `{${query}, ${proto}}`],
    ['in the variables', '__proto__', `{${query}, "variables": {${proto}}}`],
    ['deep in the variables', '__proto__', `{${query}, "variables": {"a": [{"b": {${proto}}}]}}`],
    ['in other spelling', '__proto__', `{${query}, "variables": {${escaped}}}`],
    ['in the extensions', '__proto__', `{${query}, "extensions": {"a": {${proto}}}}`],
    [
      'as a constructor',
      'constructor',
      `{${query}, "variables": {"constructor": {"prototype": 1}}}`,
    ],
  ];

  test.each(bodies)('%s', async (_what, key, body) => {
    for (const path of ['/graphql', '/graphql/stream']) {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${desk.admin.bearer}`,
        },
        body,
      });
      expect(response.status).toBe(400);
      expectNamed((await response.json()) as DoorAnswer, key);
    }
    const socket = await openSocket(url, desk.admin.bearer);
    socket.raw.send(`{"id": "1", "type": "subscribe", "payload": ${body}}`);
    const { type, payload } = await socket.next();
    expect(type).toBe('error');
    expectNamed({ errors: payload as DoorAnswer['errors'] }, key);
    await socket.close();
  });

  test('by GET too', async () => {
    for (const name of ['variables', 'extensions']) {
      const search = new URLSearchParams({ query: '{ account { id } }', [name]: `{${proto}}` });
      const headers = { authorization: `Bearer ${desk.admin.bearer}` };
      const response = await fetch(`${url}/graphql?${search}`, { headers });
      expectNamed((await response.json()) as DoorAnswer, '__proto__');
    }
  });

  test('and a text that only contains the word is not', async () => {
    const [door] = doors;
    const question = {
      query: 'query ($n: String) { tickets(filter: {search: $n}) { totalCount } }',
    };
    const answer = await door!.ask(url, desk.admin.bearer, {
      ...question,
      variables: { n: '"__proto__": ', constructor: 'me' },
    });
    expect(answer.errors).toBeUndefined();
  });

  function expectNamed({ errors }: DoorAnswer, key: string) {
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors![0]!.message).toContain(`"${key}"`);
  }
});

test('the schema is public as a text, though introspection is off', async () => {
  const committed = readFileSync(path.join(root, 'schema/schema.graphql'), 'utf8');
  const response = await fetch(`${url}/schema.graphql`, {
    headers: { origin: 'https://a.example' },
  });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(committed);
  const { headers } = response;
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('daypass-version')).toMatch(/^\d+\.\d+\.\d+/);
  const etag = headers.get('etag')!;
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const again = await fetch(`${url}/schema.graphql`, { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  }
  const other = await fetch(`${url}/schema.graphql`, { headers: { 'if-none-match': '"other"' } });
  expect(other.status).toBe(200);
});
