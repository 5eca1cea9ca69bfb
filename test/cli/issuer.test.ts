import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { runVerb } from '../support/verb';

const issuer = 'https://login.msp.example';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk();
});
afterAll(() => site.close());

const run = (verb: string, ...options: string[]) =>
  runVerb(['issuer', verb, '--account', desk.slug, ...options], {
    DATABASE_URL: site.service.databaseUrl,
    NODE_ENV: 'production',
  });

test('an account’s providers are set, listed and removed', async () => {
  expect((await run('list')).output).toBe(`${desk.slug} has no identity provider.\n`);
  const options = ['--client-id', 'portal', '--audience', 'portal', 'api', '--algorithm', 'ES256'];
  const set = await run('set', '--issuer', issuer, ...options, '--trust-email', '--json');
  expect(JSON.parse(set.output)).toMatchObject({
    identityProviders: [
      {
        issuer,
        clientId: 'portal',
        audiences: ['portal', 'api'],
        algorithms: ['ES256'],
        trustsEmail: true,
        enabled: true,
      },
    ],
  });
  await run('set', '--issuer', issuer, '--client-id', 'portal', '--disabled');
  const listed = await run('list');
  expect(listed.output).toBe(`login.msp.example: ${issuer} for portal (disabled)\n`);
  expect((await run('remove', '--issuer', issuer)).code).toBe(0);
  expect(JSON.parse((await run('list', '--json')).output)).toEqual({ identityProviders: [] });
});

test.each([
  ['set', ['--issuer', 'http://login.msp.example', '--client-id', 'portal'], 'https URL'],
  ['set', ['--issuer', issuer, '--client-id', 'portal', '--algorithm', 'HS256'], 'RS256'],
  ['set', ['--issuer', issuer], 'audiences'],
  ['remove', ['--issuer', issuer], 'has no identity provider'],
])('%s %j says what is wrong', async (verb, options, says) => {
  const { code, errors } = await run(verb, ...options);
  expect(code).toBe(1);
  expect(errors).toContain(says);
});
