import { randomBytes } from 'node:crypto';
import { addAccounts, contactBearer } from '../support/desk/bearer';
import { faultOf } from '../support/faults/fault';
import { startTestService, type TestService } from '../support/desk/service';
import { TheAccountDocument } from '../generated/operations';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const json = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json',
};
const hourMs = 3_600_000;

let service: TestService;
let bearer: string;

beforeAll(async () => {
  service = await startTestService();
  await addAccounts(service.databaseUrl, ['sandbox', 'northlight']);
  bearer = await contactBearer(service.databaseUrl);
});

afterAll(() => service.stop());

/** Sends a body as it is. */
function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${bearer}`, ...headers },
    body,
  });
}

const query = (text: string, rest: object = {}) => JSON.stringify({ query: text, ...rest });

test('a bearer token of an account is answered with that account', async () => {
  const northlight = await contactBearer(service.databaseUrl, { slug: 'northlight' });
  const ours = await service.request(TheAccountDocument, { token: bearer });
  const theirs = await service.request(TheAccountDocument, { token: northlight });
  expect(ours).toMatchObject({ status: 200, errors: [], data: { account: { slug: 'sandbox' } } });
  expect(theirs.data?.account.slug).toBe('northlight');
});

describe('a credential', () => {
  const withAuthorization = (authorization: string) =>
    post(query('{ account { id } }'), { authorization });

  test('is needed', async () => {
    expect(await faultOf(await withAuthorization(''))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test.each(['Bearer', 'Bearer forged', 'Basic dmlzaXRvcjo=', 'Bearer a.b.c', 'Bearer a b'])(
    '%p is refused',
    async (authorization) => {
      const fault = await faultOf(await withAuthorization(authorization));
      expect(fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    },
  );

  test('that was signed with another key, changed, or has ended is refused', async () => {
    const [header, , signature] = bearer.split('.');
    const claims = JSON.parse(Buffer.from(bearer.split('.')[1]!, 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, email: 'admin@sandbox.example' }));
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const bad = [
      await contactBearer(service.databaseUrl, { key: randomBytes(32) }),
      await contactBearer(service.databaseUrl, { nowMs: Date.now() - hourMs - 1_000 }),
      `${header}.${changed.toString('base64url')}.${signature}`,
      `${unsigned}.${bearer.split('.')[1]}.`,
      `${bearer}${'x'.repeat(5_000)}`,
    ];
    for (const token of bad) {
      const fault = await faultOf(await withAuthorization(`Bearer ${token}`));
      expect(fault).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
  });
});

describe('a request that fails has a code of the list', () => {
  const cases: [what: string, send: () => Promise<Response>, status: number, code: string][] = [
    ['malformed JSON', () => post('{"query": '), 400, 'BAD_USER_INPUT'],
    ['an empty body', () => post(''), 400, 'BAD_USER_INPUT'],
    ['no query', () => post('{}'), 400, 'BAD_USER_INPUT'],
    ['a query that is no text', () => post('{"query": 5}'), 400, 'BAD_USER_INPUT'],
    [
      'variables that are no object',
      () => post(query('{ account { id } }', { variables: 'a' })),
      400,
      'BAD_USER_INPUT',
    ],
    ['a batch', () => post(`[${query('{ account { id } }')}]`), 400, 'BAD_USER_INPUT'],
    [
      'an operation that is not there',
      () => post(query('query A { account { id } }', { operationName: 'B' })),
      400,
      'BAD_USER_INPUT',
    ],
    [
      'a variable that is missing',
      () => post(query('query ($name: String!) { __type(name: $name) { name } }')),
      400,
      'BAD_USER_INPUT',
    ],
    ['a syntax error', () => post(query('{ account { id ')), 400, 'GRAPHQL_PARSE_FAILED'],
    [
      'a text of too many tokens',
      () => post(query(`{ account { ${'id '.repeat(6_000)} } }`)),
      400,
      'GRAPHQL_PARSE_FAILED',
    ],
    [
      'an unknown field',
      () => post(query('{ account { secret } }')),
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a body that is too large',
      () => post(query(`{ account { id } } # ${'x'.repeat(300_000)}`)),
      413,
      'BAD_USER_INPUT',
    ],
    [
      'a simple request of a foreign page',
      () => post(query('{ account { id } }'), { 'content-type': 'text/plain' }),
      415,
      'BAD_USER_INPUT',
    ],
    [
      'a body that is not JSON',
      () => post('<a/>', { 'content-type': 'text/xml' }),
      415,
      'BAD_USER_INPUT',
    ],
    [
      'a method that is not served',
      () => fetch(`${service.url}/graphql`, { method: 'DELETE' }),
      405,
      'BAD_USER_INPUT',
    ],
    [
      'an address that is not there',
      () => fetch(`${service.url}/nowhere?token=x`),
      404,
      'NOT_FOUND',
    ],
    ['an address that cannot be decoded', () => fetch(`${service.url}/%zz`), 400, 'BAD_USER_INPUT'],
  ];

  test.each(cases)('%s', async (_what, send, status, code) => {
    expect(await faultOf(await send())).toMatchObject({ status, code });
  });
});

describe('the request id', () => {
  const send = (id?: string) =>
    post(query('{ account { id } }'), id === undefined ? {} : { 'x-request-id': id });

  test('is the caller’s', async () => {
    const response = await send('portal-7:2026.11_23');
    expect(response.headers.get('x-request-id')).toBe('portal-7:2026.11_23');
  });

  test.each([undefined, '', 'two words', 'x'.repeat(101), '"quoted"'])(
    'is made by the service if %p was sent',
    async (id) => {
      const [first, second] = [await send(id), await send(id)];
      expect(first.headers.get('x-request-id')).toMatch(uuid);
      expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    },
  );
});
