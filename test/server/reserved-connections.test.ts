import { newId } from '../../src/core/ids';
import { SetIdentityProviderDocument } from '../generated/operations';
import { dataOf, eventually, openTestSite, type TestSite } from '../support/desk/desk';
import { doors } from '../support/desk/doors';
import { addKey } from '../support/desk/keys';
import { openTestSource } from '../support/desk/database';

let site: TestSite;
let url: string;

beforeAll(async () => {
  site = await openTestSite({
    DAYPASS_POOL_SIZE: '2',
    DAYPASS_FAILED_SIGN_INS: '20',
    DAYPASS_FAILED_SIGN_INS_PER_MINUTE: '1',
  });
  url = site.service.url;
});
afterAll(() => site.close());

const ask = (bearer: string, query: string) => doors[0]!.ask(url, bearer, { query });

test('reads that use all connections leave the gate, sign-in and consumption theirs', async () => {
  const [busy, desk] = [await site.openDesk(), await site.openDesk({ passes: 1 })];
  const key = await addKey(desk);
  const blocker = await openTestSource(site.service.databaseUrl, 1);
  const runner = blocker.createQueryRunner();
  await runner.startTransaction();
  // A read of providers waits, with a connection, until PostgreSQL ends the wait.
  await runner.query('lock table identity_providers in access exclusive mode');
  const providers = '{ identityProviders { id } }';
  let isOver = false;
  const reads = Array.from({ length: 6 }, async () => {
    while (!isOver) await ask(busy.admin.bearer, providers);
  });
  await eventually(async () => {
    const [locks] = await runner.query(
      'select count(*)::integer as waiting from pg_locks where not granted',
    );
    expect(locks.waiting).toBe(2);
  });
  expect((await desk.enter(desk.agent)).wallet.balance).toBe(0);
  expect(await desk.ask(desk.agent)).toMatchObject({ __typename: 'PortalAccessGranted' });
  expect((await ask(key.bearer, '{ viewer { kind } }')).data).toEqual({
    viewer: { kind: 'SERVICE_KEY' },
  });
  isOver = true;
  await runner.rollbackTransaction();
  await Promise.all(reads);
  await runner.release();
  await blocker.destroy();
});

test('a good key is found at once after any number of bad ones from its address', async () => {
  const desk = await site.openDesk();
  const key = await addKey(desk);
  const pack = (id: string) => id.replaceAll('-', '');
  const codes = await Promise.all(
    Array.from({ length: 120 }, async (_, at) => {
      const secret = key.bearer.slice(-43);
      const [account, id] = at % 2 ? [newId(), newId()] : [desk.accountId, newId()];
      const { errors } = await ask(`dpk_${pack(account)}_${pack(id)}_${secret}`, '{ __typename }');
      return errors?.[0]?.extensions?.code;
    }),
  );
  expect(new Set(codes)).toEqual(new Set(['UNAUTHENTICATED']));
  for (const door of doors) {
    const { data } = await door.ask(url, (await addKey(desk)).bearer, {
      query: '{ viewer { kind } }',
    });
    expect(data).toEqual({ viewer: { kind: 'SERVICE_KEY' } });
  }
});

test('made-up account names are refused after a number of them, and good ones never', async () => {
  const desk = await site.openDesk();
  const issuer = 'https://idp.example';
  const answer = await site.service.request(SetIdentityProviderDocument, {
    token: desk.admin.bearer,
    variables: { input: { issuer, clientId: 'pages' } },
  });
  expect(dataOf(answer).setIdentityProvider!.userErrors).toEqual([]);
  const status = async (name: string) => {
    const response = await fetch(`${url}/sign-in/${name}`);
    await response.text();
    return [response.status, response.headers.get('retry-after') !== null];
  };
  const made = await Promise.all(Array.from({ length: 40 }, (_, at) => status(`made-up-${at}`)));
  expect(made).toContainEqual([429, true]);
  expect(await status(desk.slug)).toEqual([200, false]);
});
