import { newId } from '../../src/core/ids';
import { WhoAmIDocument } from '../generated/operations';
import { openTestSite, type TestSite } from '../support/desk/desk';
import { clientId, TestIdentityProvider } from '../support/desk/identity-provider';
import { runVerb } from '../support/verb';

let site: TestSite;
let provider: TestIdentityProvider;

beforeAll(async () => {
  provider = await TestIdentityProvider.start();
  // As in production without the local issuer.
  site = await openTestSite({ DAYPASS_LOCAL_ISSUER: '', DAYPASS_PRIVATE_ISSUERS: 'true' });
});
afterAll(async () => {
  await site.close();
  await provider.stop();
});

const statusOf = async (token: string) =>
  (await site.service.request(WhoAmIDocument, { token })).status;

test('in production a bearer token of the local issuer is refused, and people sign in at the MSP’s provider', async () => {
  const desk = await site.openDesk();
  expect(await statusOf(desk.admin.bearer)).toBe(401);
  const [admin] = await desk.sql<{ email: string }>(
    "select email from agents where account_id = $1 and role = 'ACCOUNT_ADMIN'",
  );
  const claims = { sub: newId(), email: admin!.email, email_verified: true };
  const token = `${desk.slug}~${await provider.forge(claims)}`;
  expect(await statusOf(token)).toBe(401);

  // The first admin has no way in yet: the operator opens it.
  const options = ['--account', desk.slug, '--issuer', provider.issuer];
  const { code, errors } = await runVerb(['issuer', 'set', ...options, '--client-id', clientId], {
    DATABASE_URL: site.service.databaseUrl,
    DAYPASS_PRIVATE_ISSUERS: 'true',
  });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(await statusOf(token)).toBe(200);
});
