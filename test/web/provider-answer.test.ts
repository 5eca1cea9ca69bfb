import { codeOf, exchangeCode } from '../../src/web/sign-in/provider-answer';

afterEach(() => jest.restoreAllMocks());

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const html = (status: number) => new Response('<h1>Gateway</h1>', { status });
const noNetwork = () => {
  throw new TypeError('Failed to fetch');
};

async function exchangeWith(answer: () => Response): Promise<string> {
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve().then(answer));
  const provider = { tokenEndpoint: 'https://id.example/token', token: 'id_token' } as const;
  return exchangeCode(provider, { code: 'c' });
}

test.each([
  ['error=access_denied&state=s', 'PROVIDER_REFUSED'],
  ['state=s', 'PROVIDER_REFUSED'],
  ['error=constructor', 'PROVIDER_REFUSED'],
  ['error=temporarily_unavailable&state=s', 'PROVIDER_NOT_REACHED'],
  ['error=server_error', 'PROVIDER_NOT_REACHED'],
])('a provider that returns a person with ?%s is reported as %s', (query, code) => {
  expect(() => codeOf(new URLSearchParams(query))).toThrow(expect.objectContaining({ code }));
});

test('a provider’s code is exchanged for the token that is the bearer', async () => {
  expect(codeOf(new URLSearchParams('code=c&state=s'))).toBe('c');
  expect(await exchangeWith(() => json({ access_token: 'other', id_token: 'token' }))).toBe(
    'token',
  );
});

test.each([
  ['refuses the code', () => json({ error: 'invalid_grant' }, 400), 'PROVIDER_REFUSED'],
  ['refuses the code without JSON', () => html(403), 'PROVIDER_REFUSED'],
  ['sends no token', () => json({ access_token: 'other' }), 'PROVIDER_REFUSED'],
  ['sends null', () => json(null), 'PROVIDER_REFUSED'],
  ['cannot be reached', noNetwork, 'PROVIDER_NOT_REACHED'],
  ['is broken', () => html(502), 'PROVIDER_NOT_REACHED'],
  ['reports its own fault in JSON', () => json({ error: 'oops' }, 500), 'PROVIDER_NOT_REACHED'],
  ['has too many requests', () => json({}, 429), 'PROVIDER_NOT_REACHED'],
  ['sends a page in place of tokens', () => html(200), 'PROVIDER_NOT_REACHED'],
])('a provider that %s', async (_, answer, code) => {
  await expect(exchangeWith(answer)).rejects.toMatchObject({ code });
});
