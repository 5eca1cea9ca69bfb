import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { SetWalletDocument, WhereItStandsDocument } from '../generated/operations';
import { faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { act } from '../support/desk/streams';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

const walletOf = async (desk: Desk) =>
  (await act(desk, WhereItStandsDocument, {})).dayPassWallet!.id;

async function set(desk: Desk, change: object) {
  const input = { walletId: await walletOf(desk), ...change };
  return (await act(desk, SetWalletDocument, { input })).updateDayPassWallet!;
}

async function take(desk: Desk, change: object) {
  const { wallet, userErrors } = await set(desk, change);
  expect(userErrors).toEqual([]);
  return wallet!;
}

test('values that are left out of an update stay', async () => {
  const desk = await site.openDesk({ passes: 5, lowBalanceThreshold: 2, emergencyAllowance: 3 });
  const before = await take(desk, {});
  expect(before).toMatchObject({ balance: 5, lowBalanceThreshold: 2, emergencyAllowance: 3 });
  expect(await take(desk, { name: 'The summer' })).toEqual({ ...before, name: 'The summer' });
  expect(await take(desk, { name: null, emergencyAllowance: null, frozen: null })).toMatchObject({
    name: 'The summer',
    emergencyAllowance: 3,
    frozenAt: null,
    lowBalanceThreshold: 2,
  });
  expect(await desk.kinds()).toEqual(['DayPassesGranted']);
});

test('a threshold of null means no alert, and 0 means an alert at the last pass', async () => {
  const desk = await site.openDesk({ agents: 3, passes: 3, lowBalanceThreshold: 2 });
  expect((await take(desk, { lowBalanceThreshold: null })).lowBalanceThreshold).toBeNull();
  for (const agent of desk.agents.slice(0, 2)) await desk.enter(agent);
  expect(await desk.kinds()).not.toContain('DayPassWalletLow');
  expect((await take(desk, { lowBalanceThreshold: 0 })).lowBalanceThreshold).toBe(0);
  await desk.enter(desk.agents[2]!);
  expect((await desk.kinds()).slice(-2)).toEqual(['DayPassWalletLow', 'DayPassWalletEmpty']);
});

test('a threshold at or above the balance alerts at once, and not again until it changes', async () => {
  const desk = await site.openDesk({ passes: 3, lowBalanceThreshold: 1 });
  const lows: number[] = [];
  for (const lowBalanceThreshold of [2, 3, 3, 10, 10, null, 10]) {
    const { balance } = await take(desk, { lowBalanceThreshold });
    expect(balance).toBe(3);
    lows.push((await desk.kinds()).filter((kind) => kind === 'DayPassWalletLow').length);
  }
  expect(lows).toEqual([0, 1, 1, 2, 2, 2, 3]);
  // Other settings do not change the threshold, so they alert nobody.
  await take(desk, { name: 'Renamed' });
  expect((await desk.kinds()).slice(-1)).toEqual(['DayPassWalletLow']);
  expect((await desk.kinds()).length).toBe(4);
  await desk.expectBooksToClose();
});

test('a wallet has up to five thresholds, of which the highest is the low-balance one', async () => {
  const desk = await site.openDesk({ passes: 30 });
  const set5 = await take(desk, { alertThresholds: [5, 20, 10, 20, 0, 15] });
  expect(set5).toMatchObject({ lowBalanceThreshold: 20, alertThresholds: [20, 15, 10, 5, 0] });
  // The older field changes the highest one, and keeps those below it.
  expect(await take(desk, { lowBalanceThreshold: 12 })).toMatchObject({
    ...{ lowBalanceThreshold: 12, alertThresholds: [12, 10, 5, 0] },
  });
  expect(await take(desk, { name: 'Renamed', alertThresholds: null })).toMatchObject({
    alertThresholds: [12, 10, 5, 0],
  });
  expect(await desk.kinds()).toEqual(['DayPassesGranted']);
  // Two of these are at or above the balance.
  await take(desk, { alertThresholds: [40, 30, 12] });
  const lows = () =>
    desk.sql<{ payload: string }>(
      `select payload from journal_entries
       where account_id = $1 and kind = 'DayPassWalletLow' order by sequence`,
    );
  const thresholds = async () =>
    (await lows()).map(({ payload }) => (JSON.parse(payload) as { threshold: number }).threshold);
  expect(await thresholds()).toEqual([40, 30]);
  expect(await take(desk, { lowBalanceThreshold: null })).toMatchObject({ alertThresholds: [] });
  expect(await take(desk, { alertThresholds: [] })).toMatchObject({ lowBalanceThreshold: null });
  for (const change of [
    { alertThresholds: [1, 2, 3, 4, 5, 6] },
    { alertThresholds: [-1] },
    { alertThresholds: [1_000_000_001] },
    { alertThresholds: [1], lowBalanceThreshold: 1 },
  ]) {
    expect((await set(desk, change)).userErrors).toMatchObject([
      { code: 'VALIDATION_FAILED', field: ['alertThresholds'] },
    ]);
  }
  await desk.expectBooksToClose();
});

test('from a frozen wallet no pass is used; it keeps the instant of its freezing, and receives passes', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const token = await desk.tokenFor(desk.agent);
  const { frozenAt } = await take(desk, { frozen: true });
  expect(frozenAt).not.toBeNull();
  expect(await desk.ask(desk.agent)).toMatchObject({ reason: 'WALLET_FROZEN' });
  expect(await desk.refusalOf(desk.agent, token)).toBe('WALLET_FROZEN');
  expect((await take(desk, { frozen: true })).frozenAt).toBe(frozenAt);
  expect(await desk.add(1)).toBe(2);
  expect((await take(desk, { frozen: false })).frozenAt).toBeNull();
  await desk.enter(desk.agent);
  await desk.expectBooksToClose();
});

test('an allowance is not lowered below what is owed', async () => {
  const desk = await site.openDesk({ agents: 2, emergencyAllowance: 3 });
  for (const agent of desk.agents) await desk.enter(agent);
  const refusal = {
    wallet: null,
    userErrors: [{ code: 'VALIDATION_FAILED', field: ['emergencyAllowance'] }],
  };
  expect(await set(desk, { emergencyAllowance: 1 })).toEqual(refusal);
  expect(await take(desk, { emergencyAllowance: 2 })).toMatchObject({ balance: -2 });
  await desk.add(2);
  expect(await take(desk, { emergencyAllowance: 0 })).toMatchObject({ balance: 0 });
  await desk.expectBooksToClose();
});

describe('a setting is refused', () => {
  test.each([
    ['a threshold below zero', { lowBalanceThreshold: -1 }, 'lowBalanceThreshold'],
    [
      'a threshold that no wallet reaches',
      { lowBalanceThreshold: 1_000_000_001 },
      'lowBalanceThreshold',
    ],
    ['an allowance below zero', { emergencyAllowance: -1 }, 'emergencyAllowance'],
    ['an allowance above a thousand', { emergencyAllowance: 1_001 }, 'emergencyAllowance'],
    ['no name', { name: ' ' }, 'name'],
    ['a name too long', { name: 'x'.repeat(201) }, 'name'],
    ['half a character in a name', { name: 'x\ud800' }, 'name'],
  ])('%s', async (_, change, field) => {
    const desk = await site.openDesk();
    const before = await take(desk, {});
    const refused = { wallet: null, userErrors: [{ code: 'VALIDATION_FAILED', field: [field] }] };
    // Nothing of an update that is refused is done.
    expect(await set(desk, { frozen: true, ...change })).toEqual(refused);
    expect(await take(desk, {})).toEqual(before);
  });

  test("of another account's wallet, in the same way as of one that does not exist", async () => {
    const [desk, other] = [await site.openDesk(), await site.openDesk()];
    const ids = [await walletOf(other), nodeId('DayPassWallet', newId())];
    for (const walletId of ids) {
      expect(await set(desk, { walletId, name: 'Mine' })).toEqual({
        wallet: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['walletId'] }],
      });
    }
  });

  test('for callers who are not admins with access', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const variables = { input: { walletId: await walletOf(desk), frozen: true } };
    const codeOf = async (token: string) =>
      faultCodeOf(await site.service.request(SetWalletDocument, { token, variables }));
    expect(await codeOf(desk.agent.bearer)).toBe('FORBIDDEN');
    expect(await codeOf(outside!.bearer)).toBe('DAY_PASS_REQUIRED');
  });
});
