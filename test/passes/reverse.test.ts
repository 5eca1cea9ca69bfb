import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  ChangeAgentDocument,
  TakeBackDocument,
  WhereItStandsDocument,
} from '../generated/operations';
import { faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { act, advanceTo, agentNode } from '../support/desk/streams';

const minuteMs = 60_000;

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

async function takeBack(desk: Desk, consumptionId: string, reason = 'Entered by mistake') {
  const input = { consumptionId, reason };
  return (await act(desk, TakeBackDocument, { input })).reverseDayPassConsumption!;
}

const refusalOf = (code: string, field = 'consumptionId') => ({
  consumption: null,
  wallet: null,
  userErrors: [{ code, field: [field] }],
});

/** The rest of each lot, in the order of arrival. */
async function left(desk: Desk): Promise<number[]> {
  const lots = await desk.sql<{ remaining: number }>(
    'select remaining from lots where account_id = $1 order by sequence',
  );
  return lots.map(({ remaining }) => remaining);
}

test('a reversed pass is in its lot again, and its agent loses access at once', async () => {
  const desk = await site.openDesk();
  const { account } = await act(desk, WhereItStandsDocument, {});
  const expiresAt = new Date(Date.parse(account.now) + 60 * minuteMs).toISOString();
  await desk.add(2);
  await desk.add(2, { expiresAt });
  const { consumption } = await desk.enter(desk.agent);
  expect(await left(desk)).toEqual([2, 1]);
  expect(await takeBack(desk, consumption.id)).toMatchObject({
    consumption: { id: consumption.id, status: 'REVERSED', reversibleUntil: null },
    wallet: { balance: 4 },
    userErrors: [],
  });
  expect(await left(desk)).toEqual([2, 2]);
  expect(await desk.ask(desk.agent)).toMatchObject({ __typename: 'DayPassRequired' });
  await desk.expectBooksToClose();
});

test('reversing a reversed pass returns the same answer, also much later', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const { consumption } = await desk.enter(desk.agent);
  const first = await takeBack(desk, consumption.id);
  expect(await takeBack(desk, consumption.id, 'For another reason')).toEqual(first);
  await desk.moveClock(24 * 60 * minuteMs);
  expect(await takeBack(desk, consumption.id)).toEqual(first);
  expect((await desk.kinds()).filter((kind) => kind === 'DayPassReversed')).toHaveLength(1);
});

test('two simultaneous reversals of one pass give back one pass', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const { consumption } = await desk.enter(desk.agent);
  await Promise.all(Array.from({ length: 12 }, () => takeBack(desk, consumption.id)));
  expect(await desk.balance()).toBe(1);
  await desk.expectBooksToClose();
});

describe('a pass can be reversed within fifteen minutes', () => {
  test.each([
    ['to the last moment', 14 * minuteMs, null],
    ['and not after', 15 * minuteMs, 'NOT_REVERSIBLE'],
  ])('%s', async (_, afterMs, code) => {
    const desk = await site.openDesk({ passes: 1 });
    const { consumption } = await desk.enter(desk.agent);
    await desk.moveClockTo(consumption.startsAt, afterMs);
    const { userErrors } = await takeBack(desk, consumption.id);
    expect(userErrors.map((refusal) => refusal.code)).toEqual(code ? [code] : []);
    expect(await desk.balance()).toBe(code ? 0 : 1);
  });

  test('though its day has ended meanwhile, which has its entry already', async () => {
    const desk = await site.openDesk({ agents: 0, passes: 1 });
    // A day that ends soon: the agent's zone is one in which it does.
    const { account } = await act(desk, WhereItStandsDocument, {});
    const midnight = new Date(Math.ceil(Date.parse(account.now) / 86_400_000) * 86_400_000);
    await advanceTo(desk, midnight.getTime() - 5 * minuteMs);
    const [agent] = await desk.addAgents([{ timeZone: 'UTC' }]);
    const { consumption } = await desk.enter(agent!);
    await advanceTo(desk, consumption.expiresAt);
    expect((await takeBack(desk, consumption.id)).wallet?.balance).toBe(1);
    expect((await desk.kinds()).slice(-2)).toEqual(['DayPassExpired', 'DayPassReversed']);
    await desk.expectBooksToClose();
  });
});

test('of one agent one pass per day is reversed, and the next is refused', async () => {
  const desk = await site.openDesk({ passes: 3, timeZone: 'UTC' });
  const { account } = await act(desk, WhereItStandsDocument, {});
  // Far from midnight, so that both passes are of one day.
  const midnight = Math.ceil(Date.parse(account.now) / 86_400_000) * 86_400_000;
  await advanceTo(desk, midnight + 60 * minuteMs);
  const first = (await desk.enter(desk.agent)).consumption;
  await takeBack(desk, first.id);
  const second = (await desk.enter(desk.agent)).consumption;
  expect(second.localDate).toBe(first.localDate);
  expect(await takeBack(desk, second.id)).toEqual(refusalOf('NOT_REVERSIBLE'));
  await advanceTo(desk, second.expiresAt);
  const nextDay = (await desk.enter(desk.agent)).consumption;
  expect((await takeBack(desk, nextDay.id)).userErrors).toEqual([]);
  await desk.expectBooksToClose();
});

test("a day has one reversal, even if the agent's zone changes in between", async () => {
  const desk = await site.openDesk({ passes: 9, timeZone: 'UTC' });
  const { account } = await act(desk, WhereItStandsDocument, {});
  // So that none of these zones has its midnight during the test.
  await advanceTo(desk, Math.ceil(Date.parse(account.now) / 86_400_000) * 86_400_000 + 2_000_000);
  const zones = ['Asia/Tokyo', 'Etc/UTC', 'Asia/Kathmandu', 'America/Santiago', 'Asia/Tehran'];
  const rename = async (timeZone: string) =>
    act(desk, ChangeAgentDocument, { input: { agentId: agentNode(desk.agent), timeZone } });
  const first = (await desk.enter(desk.agent)).consumption;
  expect((await takeBack(desk, first.id)).userErrors).toEqual([]);
  for (const zone of zones) {
    await rename(zone);
    const { consumption } = await desk.enter(desk.agent);
    expect(consumption.timeZone).toBe(zone);
    const { userErrors } = await takeBack(desk, consumption.id);
    expect(userErrors).toEqual([{ code: 'NOT_REVERSIBLE', field: ['consumptionId'] }]);
    // So that the next can be used, as if this one had ended.
    await desk.sql('delete from running_passes where account_id = $1');
  }
});

describe('an emergency pass that is reversed', () => {
  test('is no longer owed', async () => {
    const desk = await site.openDesk({ agents: 2, emergencyAllowance: 2 });
    const [first] = [await desk.enter(desk.agents[0]!), await desk.enter(desk.agents[1]!)];
    expect((await takeBack(desk, first.consumption.id)).wallet?.balance).toBe(-1);
    expect(await desk.add(5)).toBe(4);
    await desk.expectBooksToClose();
  });

  test('is in the lot that had paid for it', async () => {
    const desk = await site.openDesk({ emergencyAllowance: 1 });
    const { consumption } = await desk.enter(desk.agent);
    expect(await desk.add(3)).toBe(2);
    expect(await left(desk)).toEqual([2]);
    expect((await takeBack(desk, consumption.id)).wallet?.balance).toBe(3);
    expect(await left(desk)).toEqual([3]);
    await desk.expectBooksToClose();
  });
});

test('a reversed pass pays for another one that is owed', async () => {
  const desk = await site.openDesk({ agents: 2, passes: 1, emergencyAllowance: 1 });
  const { consumption } = await desk.enter(desk.agents[0]!);
  await desk.enter(desk.agents[1]!);
  expect((await takeBack(desk, consumption.id)).wallet?.balance).toBe(0);
  expect(await left(desk)).toEqual([0]);
  await desk.expectBooksToClose();
});

test('a pass that returns to an expired lot expires at once', async () => {
  const desk = await site.openDesk();
  const { account } = await act(desk, WhereItStandsDocument, {});
  const expiresAt = new Date(Date.parse(account.now) + 5 * minuteMs).toISOString();
  await desk.add(1, { expiresAt });
  await desk.add(4);
  const { consumption } = await desk.enter(desk.agent);
  await advanceTo(desk, expiresAt);
  expect((await takeBack(desk, consumption.id)).wallet?.balance).toBe(4);
  expect((await desk.kinds()).slice(-2)).toEqual(['DayPassReversed', 'DayPassLotExpired']);
  expect(await left(desk)).toEqual([0, 4]);
  await desk.expectBooksToClose();
});

describe('a reversal is refused', () => {
  test("of another account's pass, in the same way as of one that does not exist", async () => {
    const [desk, other] = [await site.openDesk(), await site.openDesk({ passes: 1 })];
    const { consumption } = await other.enter(other.agent);
    const ids = [consumption.id, nodeId('DayPassConsumption', newId()), nodeId('Agent', newId())];
    for (const id of ids) expect(await takeBack(desk, id)).toEqual(refusalOf('NOT_FOUND'));
  });

  test.each([
    ['without a reason', ' '],
    ['for a reason too long', 'x'.repeat(501)],
    ['for a reason with U+0000', 'a\0b'],
  ])('%s', async (_, reason) => {
    const desk = await site.openDesk({ passes: 1 });
    const { consumption } = await desk.enter(desk.agent);
    expect(await takeBack(desk, consumption.id, reason)).toEqual(
      refusalOf('VALIDATION_FAILED', 'reason'),
    );
    expect(await desk.balance()).toBe(0);
  });

  test('for callers who are not admins with access', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const { consumption } = await desk.enter(desk.agent);
    const variables = { input: { consumptionId: consumption.id, reason: 'A try' } };
    const codeOf = async (token: string) =>
      faultCodeOf(await site.service.request(TakeBackDocument, { token, variables }));
    expect(await codeOf(desk.agent.bearer)).toBe('FORBIDDEN');
    expect(await codeOf(outside!.bearer)).toBe('DAY_PASS_REQUIRED');
  });
});
