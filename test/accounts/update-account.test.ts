import { UpdateAccountDocument } from '../generated/operations';
import { send } from '../support/desk/catalogue';
import { dataOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  desk = await site.openDesk();
});

const update = async (input: object) => {
  const answer = await site.service.request(UpdateAccountDocument, {
    token: desk.admin.bearer,
    variables: { input },
  });
  return dataOf(answer).updateAccount!;
};

test('given values are changed, others stay', async () => {
  const { account, userErrors } = await update({ timeZone: 'Eastern Time (US & Canada)' });
  expect(userErrors).toEqual([]);
  expect(account).toEqual({
    name: desk.slug,
    timeZone: 'America/New_York',
    locale: 'en-GB',
    emailNotificationsEnabled: true,
    allowSessionConsume: true,
  });
  const again = await update({ name: 'New', emailNotificationsEnabled: false, timeZone: null });
  expect(again.account).toEqual({
    name: 'New',
    timeZone: 'America/New_York',
    locale: 'en-GB',
    emailNotificationsEnabled: false,
    allowSessionConsume: true,
  });
  expect((await update({ locale: 'de-DE' })).account).toEqual({
    ...again.account,
    locale: 'de-DE',
  });
  await update({ locale: 'en-GB' });
  const shut = await update({ allowSessionConsume: false });
  expect(shut.account).toEqual({ ...again.account, allowSessionConsume: false });
  expect((await update({ allowSessionConsume: null })).account).toEqual(shut.account);
});

test.each(['', '  ', 'x'.repeat(201), 'a\0b', '\ud800'])('the name %j is refused', async (name) => {
  expect(await update({ name })).toEqual({
    account: null,
    userErrors: [{ code: 'VALIDATION_FAILED', field: ['name'] }],
  });
});

test.each(['', 'de', 'de-de', 'xx-XX'])('the locale %j is refused', async (locale) => {
  expect(await update({ locale })).toEqual({
    account: null,
    userErrors: [{ code: 'VALIDATION_FAILED', field: ['locale'] }],
  });
});

test('each change of the state is counted, and a mutation without a change is not', async () => {
  const revision = async () => {
    const [row] = await desk.sql<{ revision: number }>(
      'select revision from state_revisions where account_id = $1',
    );
    return row!.revision;
  };
  const before = await revision();
  await update({});
  expect(await revision()).toBe(before);
  await update({ name: 'New' });
  expect(await revision()).toBe(before + 1);
});

test('each mutation of a request shows its own result', async () => {
  const query = `mutation {
    a: updateAccount(input: {name: "First"}) { account { name } }
    b: updateAccount(input: {name: "Second"}) { account { name } } }`;
  const { data } = await send(desk, desk.admin.bearer, query);
  expect(data).toEqual({
    a: { account: { name: 'First' } },
    b: { account: { name: 'Second' } },
  });
});
