import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { readConfig } from '../../src/core/config';
import { faultOf } from '../support/faults/fault';
import { startReplica } from '../support/desk/replica';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import type { TestService } from '../support/desk/service';
import { handshakeStatus } from '../support/browser/through-proxy';
import { askForEvents } from '../support/desk/event-reader';
import { bounded, connectSocket } from '../support/desk/socket';
import { TheAccountDocument } from '../generated/operations';

const responseJson = 'application/graphql-response+json';
const metricsToken = 'a-token-of-the-scraper';

let site: TestSite;
let desk: Desk;
let url: string;

beforeAll(async () => {
  site = await openTestSite({
    DAYPASS_METRICS_TOKEN: metricsToken,
    DAYPASS_ORIGINS: 'https://portal.example',
  });
  desk = await site.openDesk();
  url = site.service.url;
});

afterAll(() => site.close());

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

const query = '{ account { id } }';
const asPost = (body: object) => ({ method: 'POST', body: JSON.stringify(body) });
const asGet = (text: string, rest = '') => ({
  path: `/graphql?query=${encodeURIComponent(text)}${rest}`,
});

/** Sends as the admin, with JSON unless set otherwise. */
function send({ method = 'GET', path = '/graphql', headers = {}, body }: Sent): Promise<Response> {
  const type: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' };
  return fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${desk.admin.bearer}`, ...type, ...headers },
    body,
  });
}

describe('an answer is of the media type that is liked best', () => {
  const cases: [accept: string, type: string | null][] = [
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['application/*', 'application/json'],
    [responseJson, responseJson],
    [`${responseJson}; charset=utf-8`, responseJson],
    [`${responseJson}, application/json`, responseJson],
    [`application/json;q=0.9, ${responseJson}`, responseJson],
    [`${responseJson};q=0.5, application/json`, 'application/json'],
    [`text/html, ${responseJson};q=0.1`, responseJson],
    ['application/json;q=0, */*', responseJson],
    ['text/html', null],
    ['text/event-stream', null],
    ['application/xml, image/*', null],
  ];

  test.each(cases)('%p: %p', async (accept, type) => {
    const response = await send({ ...asPost({ query }), headers: { accept } });
    if (type === null) {
      expect(await faultOf(response)).toMatchObject({ status: 406, code: 'BAD_USER_INPUT' });
      return;
    }
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(await response.json()).toMatchObject({ data: { account: { id: expect.any(String) } } });
  });

  test('if no accepted type is ours, nothing is executed', async () => {
    const input = { quantity: 1, reason: 'None', idempotencyKey: 'not-acceptable' };
    const mutation = `mutation ($input: GrantDayPassesInput!) {
      grantDayPasses(input: $input) { replayed } }`;
    const before = await desk.balance();
    const response = await send({
      ...asPost({ query: mutation, variables: { input } }),
      headers: { accept: 'text/html' },
    });
    expect(response.status).toBe(406);
    expect(await desk.balance()).toBe(before);
  });
});

describe('a status', () => {
  /** What cannot be run is 400 in our own media type; in JSON, which anybody may answer with, 200. */
  const cases: [what: string, sent: Sent, status: number, inJson: number, code: string | null][] = [
    ['a query by POST', asPost({ query }), 200, 200, null],
    ['a query by GET', asGet(query), 200, 200, null],
    [
      'a query by GET with variables and a name',
      asGet(
        'query A($n: Int) { agents(first: $n) { edges { cursor } } } query B { account { id } }',
        `&operationName=A&variables=${encodeURIComponent('{"n":1}')}`,
      ),
      200,
      200,
      null,
    ],
    ['a syntax error', asPost({ query: '{' }), 400, 200, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', asPost({ query: '{ no }' }), 400, 200, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown field by GET', asGet('{ no }'), 400, 200, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a variable of another type',
      asPost({
        query: 'query ($n: Int) { agents(first: $n) { totalCount } }',
        variables: { n: 'a' },
      }),
      400,
      200,
      'BAD_USER_INPUT',
    ],
    [
      'a name that no operation has',
      asPost({ query, operationName: 'Other' }),
      400,
      200,
      'BAD_USER_INPUT',
    ],
    [
      'too much at once',
      asPost({
        query: `{ ${Array.from(
          { length: 30 },
          (_, at) => `a${at}: agents(first: 100) {
          edges { node { activeDayPass { id } } } }`,
        ).join(' ')} }`,
      }),
      400,
      200,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a subscription',
      asPost({ query: 'subscription { dayPassWalletChanged { balance } }' }),
      400,
      200,
      'BAD_USER_INPUT',
    ],
    ['malformed JSON', { method: 'POST', body: '{' }, 400, 400, 'BAD_USER_INPUT'],
    ['no query', asPost({ operationName: 'A' }), 400, 400, 'BAD_USER_INPUT'],
    ['no query by GET', {}, 400, 400, 'BAD_USER_INPUT'],
    ['variables that are a text', asPost({ query, variables: '{}' }), 400, 400, 'BAD_USER_INPUT'],
    ['variables by GET that are no JSON', asGet(query, '&variables=a'), 400, 400, 'BAD_USER_INPUT'],
    ['two queries by GET', asGet(query, '&query=b'), 400, 400, 'BAD_USER_INPUT'],
    [
      'a mutation by GET',
      asGet('mutation { updateAccount(input: {}) { account { id } } }'),
      405,
      405,
      'BAD_USER_INPUT',
    ],
    [
      'a subscription by GET',
      asGet('subscription { dayPassWalletChanged { balance } }'),
      405,
      405,
      'BAD_USER_INPUT',
    ],
    ['PUT', { ...asPost({ query }), method: 'PUT' }, 405, 405, 'BAD_USER_INPUT'],
    ['PATCH', { ...asPost({ query }), method: 'PATCH' }, 405, 405, 'BAD_USER_INPUT'],
    ['DELETE', { method: 'DELETE' }, 405, 405, 'BAD_USER_INPUT'],
    ...['gzip', 'GZIP', 'x-gzip', 'br', 'deflate', 'identity, gzip'].map(
      (encoding): [string, Sent, number, number, string] => [
        `a body that is ${encoding}`,
        { method: 'POST', body: 'compressed', headers: { 'content-encoding': encoding } },
        415,
        415,
        'BAD_USER_INPUT',
      ],
    ),
    [
      'a body that is not compressed, said so',
      { ...asPost({ query }), headers: { 'content-encoding': 'identity' } },
      200,
      200,
      null,
    ],
    ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json'].map(
      (type): [string, Sent, number, number, string] => [
        `a body of ${type}`,
        { ...asPost({ query }), headers: { 'content-type': type } },
        415,
        415,
        'BAD_USER_INPUT',
      ],
    ),
    [
      'a body of JSON in UTF-8, said so',
      { ...asPost({ query }), headers: { 'content-type': 'application/json; charset=utf-8' } },
      200,
      200,
      null,
    ],
    [
      'a bearer that is not valid',
      { ...asPost({ query }), headers: { authorization: 'Bearer none' } },
      401,
      401,
      'UNAUTHENTICATED',
    ],
  ];

  describe.each([responseJson, 'application/json'])('in %s', (accept) => {
    test.each(cases)('of %s', async (_what, sent, status, inJson, code) => {
      const response = await send({ ...sent, headers: { accept, ...sent.headers } });
      const expected = accept === responseJson ? status : inJson;
      if (code === null) {
        expect(response.status).toBe(expected);
        expect(await response.json()).toHaveProperty('data');
      } else {
        const fault = await faultOf(response);
        expect(fault).toMatchObject({ status: expected, code });
      }
    });
  });

  test('405 names the methods that are served', async () => {
    expect((await send({ method: 'DELETE' })).headers.get('allow')).toBe('GET, POST, OPTIONS');
    const mutation = asGet('mutation { updateAccount(input: {}) { account { id } } }');
    expect((await send(mutation)).headers.get('allow')).toBe('POST');
  });

  test('415 for a compressed body, at both addresses', async () => {
    for (const path of ['/graphql', '/graphql/stream']) {
      const body = new Uint8Array(gzipSync(JSON.stringify({ query })));
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${desk.admin.bearer}`,
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        },
        body,
      });
      expect(response.status).toBe(415);
      expect(response.headers.get('accept-encoding')).toBe('identity');
      const { errors } = (await response.json()) as { errors: { message: string }[] };
      expect(errors[0]!.message).toMatch(/does not accept Content-Encoding gzip/);
    }
  });

  test('401 names what is missing', async () => {
    const headers = { authorization: 'Bearer none' };
    const response = await send({ ...asPost({ query }), headers });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('of a GET request that any page could make a browser send is 400', async () => {
    const response = await fetch(`${url}${asGet(query).path}`);
    expect(await faultOf(response)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });
});

describe('headers', () => {
  test('tell browsers to treat an answer as data only', async () => {
    for (const sent of [asPost({ query }), { path: '/none' }, { path: '/healthz' }]) {
      const { headers } = await send(sent);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': `default-src 'none'; base-uri 'none'; frame-ancestors 'none'`,
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-request-id': expect.any(String),
      });
    }
    for (const sent of [
      asPost({ query }),
      { path: '/healthz' },
      { path: '/readyz' },
      { path: '/metrics', headers: { authorization: `Bearer ${metricsToken}` } },
      { path: '/metrics' },
    ]) {
      expect((await send(sent)).headers.get('cache-control')).toBe('no-store');
    }
  });

  test('leave the explorer its own policy', async () => {
    const policy = (await send({ path: '/graphiql' })).headers.get('content-security-policy');
    expect(policy).toContain(`script-src 'self'`);
  });

  test('let pages of the named origins send requests, and read when to retry', async () => {
    const origin = 'https://portal.example';
    const preflight = await send({
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, last-event-id, x-request-id',
    });
    // Apollo's client awareness and traces send headers of their own.
    for (const asked of [
      'apollographql-client-name, apollographql-client-version,content-type',
      'traceparent,tracestate,baggage,x-anything',
    ]) {
      const { headers } = await send({
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-headers': asked },
      });
      expect(headers.get('access-control-allow-headers')).toBe(asked);
      expect(headers.get('vary')).toContain('Access-Control-Request-Headers');
    }
    for (const asked of ['a b', 'a,,b', '<script>', 'x'.repeat(2_001)]) {
      const { headers } = await send({
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-headers': asked },
      });
      expect(headers.get('access-control-allow-headers')).toMatch(/^authorization, /);
    }
    const { headers } = await send({ ...asPost({ query }), headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toBe('retry-after, x-request-id');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });

  test('let pages of other origins do nothing, and do nothing for them', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    for (const sent of [asPost({ query }), asGet(query), { method: 'OPTIONS' }]) {
      const response = await send({ ...sent, headers });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      const { errors } = (await response.clone().json()) as {
        errors: { message: string; extensions: object }[];
      };
      expect(await faultOf(response)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      expect(errors[0]!.extensions).toMatchObject({ reason: 'ORIGIN_NOT_ALLOWED' });
      expect(errors[0]!.message).toMatch(/origin.*DAYPASS_ORIGINS.*PUBLIC_URL/);
    }
  });
});

test('/metrics needs its token, if there is one', async () => {
  const read = (authorization: string) => send({ path: '/metrics', headers: { authorization } });
  for (const bearer of ['', 'Bearer', `Bearer ${metricsToken}x`, metricsToken]) {
    expect(await faultOf(await read(bearer))).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
  }
  const metrics = await read(`Bearer ${metricsToken}`);
  expect(metrics.status).toBe(200);
  expect(await metrics.text()).toContain('daypass_requests_total');
});

test('/metrics does not exist in production without a token, unless it is opened', async () => {
  const access = (more: Record<string, string>) => readConfig(more).metrics;
  expect(access({})).toBe('open');
  expect(access({ NODE_ENV: 'production', DAYPASS_METRICS: 'open' })).toBe('open');
  expect(access({ NODE_ENV: 'production', DAYPASS_METRICS_TOKEN: metricsToken })).toBe('token');
  const both = { DAYPASS_METRICS: 'open', DAYPASS_METRICS_TOKEN: metricsToken };
  expect(access({ NODE_ENV: 'production', ...both })).toBe('token');
  const closed = await startReplica(site.service.databaseUrl, { DAYPASS_METRICS: '' });
  for (const authorization of ['', 'Bearer anything']) {
    const answer = await fetch(`${closed.url}/metrics`, { headers: { authorization } });
    expect(await faultOf(answer)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  }
  await closed.stop();
});

/** Sends bytes and waits for the complete answer. */
async function sendRaw(to: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(to);
  const socket = connect({ host: hostname, port: Number(port) });
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  await bounded(once(socket, 'close'), 'the end of a connection');
  return answer;
}

describe('malformed and unfinished HTTP is answered in JSON', () => {
  const head = 'POST /graphql HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\n';
  const cases: [what: string, bytes: string, status: string][] = [
    ['a head that does not end', 'POST /graphql HTTP/1.1\r\nhost: here\r\n', '408 Request Timeout'],
    [
      'a body that does not end',
      `${head}content-length: 50\r\n\r\n{"query"`,
      '408 Request Timeout',
    ],
    ['another protocol', 'EHLO here\r\n\r\n', '400 Bad Request'],
    [
      'a head that is too large',
      `${head}x: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
    ],
    // What proxies and servers have read in two ways: a second request may hide in the first.
    ...[
      'content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'content-length: 2\r\ncontent-length: 40\r\n\r\n{}',
      'content-length: +2\r\n\r\n{}',
      'content-length: -1\r\n\r\n',
      'transfer-encoding: chunked\r\n\r\nzz\r\n',
      'transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n',
      'content-length : 2\r\n\r\n{}',
      ' folded\r\n\r\n',
      'x: a\u0000b\r\n\r\n',
    ].map((rest): [string, string, string] => [
      JSON.stringify(rest),
      `${head}${rest}GET /healthz HTTP/1.1\r\nhost: here\r\n\r\n`,
      '400 Bad Request',
    ]),
  ];

  let impatient: TestService;
  beforeAll(async () => {
    impatient = await startReplica(site.service.databaseUrl, { DAYPASS_REQUEST_MS: '500' });
  });
  afterAll(() => impatient.stop());

  test.each(cases)('%s', async (_what, bytes, status) => {
    const answer = await sendRaw(impatient.url, bytes);
    expect(answer.match(/HTTP\/1\.1 .*/g)).toEqual([`HTTP/1.1 ${status}`]);
    expect(answer).toMatch(/content-type: application\/json; charset=utf-8\r\n/);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test.each([
    ['Host', 'host: there', '400 Bad Request'],
    ['Authorization', 'authorization: Bearer another', '401 Unauthorized'],
    ['Content-Type', 'content-type: application/json', '415 Unsupported Media Type'],
    ['Origin', 'origin: https://evil.example', '403 Forbidden'],
  ])('a second %s is not overlooked', async (_name, second, status) => {
    const body = JSON.stringify({ query });
    const once = `authorization: Bearer ${desk.admin.bearer}\r\norigin: https://portal.example\r\n`;
    const rest = `connection: close\r\ncontent-length: ${body.length}\r\n`;
    const one = await sendRaw(url, `${head}${once}${rest}\r\n${body}`);
    const two = await sendRaw(url, `${head}${once}${second}\r\n${rest}\r\n${body}`);
    expect([one, two].map((answer) => /HTTP\/1\.1 (.*)/.exec(answer)?.[1])).toEqual([
      '200 OK',
      status,
    ]);
  });

  test('a body that arrives byte by byte, only for the allowed time', async () => {
    const { hostname, port } = new URL(impatient.url);
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = '';
    socket.on('data', (data) => (answer += String(data)));
    socket.on('error', () => {});
    socket.write(`${head}content-length: 100000\r\n\r\n`);
    const drip = setInterval(() => socket.writable && socket.write(' '), 50);
    await bounded(once(socket, 'close'), 'the end of a slow request');
    clearInterval(drip);
    expect(answer).toContain('HTTP/1.1 408 Request Timeout\r\n');
  });
});

describe('an account in the path is for balancers only', () => {
  const paths: [words: string, account: () => string][] = [
    ['the own account', () => desk.slug],
    ['an account that does not exist', () => 'nobody-has-this-name'],
    ['another account', () => other.slug],
  ];
  let other: Desk;
  beforeAll(async () => {
    other = await site.openDesk();
  });

  test.each(paths)('%s: each door works by its credential alone', async (_words, account) => {
    const slug = account();
    const path = `/graphql/${slug}`;
    const body = JSON.stringify({ query: '{ account { slug } }' });
    const answer = await send({ path, method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ data: { account: { slug: desk.slug } } });
    const text = await askForEvents(url, '{ account { slug } }', {
      bearer: desk.admin.bearer,
      account: slug,
    });
    expect(await text.text()).toContain(`{"account":{"slug":"${desk.slug}"}}`);
    const socket = connectSocket(url, desk.admin.bearer, { account: slug });
    const { data } = await socket.request(TheAccountDocument);
    expect(data?.account.slug).toBe(desk.slug);
    await socket.close();
  });

  test('the rules of the API are the same', async () => {
    const path = `/graphql/${desk.slug}`;
    const foreign = { origin: 'https://elsewhere.example' };
    const post = { method: 'POST', body: JSON.stringify({ query }) };
    for (const each of [path, `${path}/stream`]) {
      const refused = await send({ ...post, path: each, headers: foreign });
      expect(refused.status).toBe(403);
      expect(refused.headers.get('cache-control')).toBe('no-store');
      const preflight = await send({
        path: each,
        method: 'OPTIONS',
        headers: { origin: 'https://portal.example', 'access-control-request-method': 'POST' },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe('https://portal.example');
    }
    expect((await send({ path, method: 'PUT' })).status).toBe(405);
    expect((await send({ ...post, path, headers: { accept: 'text/html' } })).status).toBe(406);
    const nobody = { authorization: 'Bearer nobody' };
    expect((await send({ ...post, path, headers: nobody })).status).toBe(401);
    expect(await handshakeStatus(`${url}${path}`, foreign.origin)).toBe(403);
  });

  test('the metrics count it at its door', async () => {
    const counted = async () => {
      const headers = { authorization: `Bearer ${metricsToken}` };
      const text = await (await send({ path: '/metrics', headers })).text();
      const count = (door: string) => {
        const sample = `daypass_requests_total{door="${door}",type="unknown",code="BAD_USER_INPUT"} `;
        return Number(text.split(sample)[1]?.split('\n')[0] ?? 0);
      };
      return [count('http'), count('sse')];
    };
    const [http, sse] = await counted();
    const broken = { method: 'POST', body: '{' };
    await send({ ...broken, path: `/graphql/${desk.slug}` });
    await send({ ...broken, path: `/graphql/${desk.slug}/stream` });
    expect(await counted()).toEqual([http! + 1, sse! + 1]);
  });

  test.each(['/graphql/', '/graphql/UPPER', '/graphql/a/b', '/graphql/a%2Fb', '/graphql/stream/a'])(
    'there is nothing at %s',
    async (path) => {
      const found = await send({ path, method: 'POST', body: JSON.stringify({ query }) });
      expect(found.status).toBe(404);
    },
  );

  test('/graphql/stream is the address of event streams, and no socket', async () => {
    const text = await askForEvents(url, '{ account { slug } }', { bearer: desk.admin.bearer });
    expect(text.headers.get('content-type')).toContain('text/event-stream');
    await text.text();
    expect(await handshakeStatus(`${url}/graphql/stream`)).toBe(400);
  });
});
