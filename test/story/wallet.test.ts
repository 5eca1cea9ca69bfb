import { openTestSite, tally, type Desk, type TestSite } from '../support/desk/desk';

const hourMs = 3_600_000;

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

async function hoursAhead(desk: Desk, hours: number): Promise<string> {
  const { now } = await desk.ask(desk.admin);
  return new Date(Date.parse(now) + hours * hourMs).toISOString();
}

/** The rest of each lot, in the order of arrival. */
async function left(desk: Desk): Promise<number[]> {
  const lots = await desk.sql<{ remaining: number }>(
    'select remaining from lots where account_id = $1 order by sequence',
  );
  return lots.map(({ remaining }) => remaining);
}

describe('passes are drawn', () => {
  test('from the lot that ends first, then in the order of arrival, and lots without an end last', async () => {
    const desk = await site.openDesk({ agents: 4 });
    await desk.add(1);
    await desk.add(1, { expiresAt: await hoursAhead(desk, 2_000) });
    const sooner = await hoursAhead(desk, 1_000);
    await desk.add(1, { expiresAt: sooner });
    await desk.add(1, { expiresAt: sooner });
    const drawn: number[][] = [];
    for (const agent of desk.agents) {
      await desk.enter(agent);
      drawn.push(await left(desk));
    }
    expect(drawn).toEqual([
      [1, 1, 0, 1],
      [1, 1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    await desk.expectBooksToClose();
  });

  test('from the lowest priority before all others', async () => {
    const desk = await site.openDesk({ agents: 1 });
    await desk.add(1, { expiresAt: await hoursAhead(desk, 1_000) });
    await desk.add(1);
    await desk.sql('update lots set priority = 5 where account_id = $1 and expires_at is not null');
    await desk.enter(desk.agent);
    expect(await left(desk)).toEqual([1, 0]);
  });

  test('from several lots by simultaneous agents', async () => {
    const desk = await site.openDesk({ agents: 30 });
    for (const hours of [900, 800, 700]) {
      await desk.add(10, { expiresAt: await hoursAhead(desk, hours) });
    }
    await Promise.all(desk.agents.slice(0, 25).map((agent) => desk.enter(agent)));
    expect(await left(desk)).toEqual([5, 0, 0]);
    await desk.expectBooksToClose();
  });
});

test('passes past their end leave the balance before the next one is drawn', async () => {
  const desk = await site.openDesk();
  const expiresAt = await hoursAhead(desk, 1);
  await desk.add(3, { expiresAt });
  await desk.add(2);
  await desk.moveClockTo(expiresAt);
  const { wallet } = await desk.enter(desk.agent);
  expect(wallet.balance).toBe(1);
  expect(await left(desk)).toEqual([0, 1]);
  expect((await desk.kinds()).slice(2)).toEqual(['DayPassLotExpired', 'DayPassConsumed']);
  await desk.expectBooksToClose();
});

describe('an emergency allowance', () => {
  test('lets agents enter below zero, each marked, and no further than it allows', async () => {
    const desk = await site.openDesk({ agents: 4, passes: 1, emergencyAllowance: 2 });
    const [first, second, third, fourth] = desk.agents;
    expect((await desk.enter(first!)).consumption.emergency).toBe(false);
    const { notice, emergency } = await desk.confirmation(second!);
    expect(emergency).toBe(true);
    expect(notice).toContain('emergency');
    expect((await desk.enter(second!)).consumption.emergency).toBe(true);
    expect((await desk.enter(third!)).wallet.balance).toBe(-2);
    expect(await desk.ask(fourth!)).toMatchObject({ reason: 'WALLET_EMPTY' });
    await desk.expectBooksToClose();
  });

  test('is not exceeded by simultaneous agents', async () => {
    const desk = await site.openDesk({ agents: 20, emergencyAllowance: 3 });
    const tokens = await Promise.all(desk.agents.map((agent) => desk.tokenFor(agent)));
    const codes = await Promise.all(
      desk.agents.map((agent, index) => desk.refusalOf(agent, tokens[index]!)),
    );
    const counts = tally(codes);
    expect(counts.null).toBe(3);
    expect(await desk.balance()).toBe(-3);
    await desk.expectBooksToClose();
  });

  test('is paid back first by the next grant, which names whose passes it paid', async () => {
    const desk = await site.openDesk({ agents: 3, emergencyAllowance: 3 });
    for (const agent of desk.agents) await desk.enter(agent);
    expect(await desk.add(2)).toBe(-1);
    expect(await desk.add(5)).toBe(4);
    expect(await left(desk)).toEqual([0, 4]);
    const grants = await desk.sql<{ payload: string }>(
      `select payload from journal_entries where account_id = $1 and kind = 'DayPassesGranted'
       order by sequence`,
    );
    const consumptions = await desk.sql<{ id: string }>(
      'select id from consumptions where account_id = $1 order by sequence',
    );
    const ids = consumptions.map(({ id }) => id);
    const settled = grants.map(({ payload }) => JSON.parse(payload).settled);
    expect(settled).toEqual([ids.slice(0, 2), ids.slice(2)]);
    await desk.expectBooksToClose();
  });
});

describe('alerts', () => {
  const alertsOf = async (desk: Desk) =>
    (await desk.kinds()).filter((kind) => /Low|Empty/.test(kind));

  test('are written once when the balance falls to the threshold, and once when it is empty', async () => {
    const desk = await site.openDesk({ agents: 4, passes: 4, lowBalanceThreshold: 2 });
    const written: string[][] = [];
    for (const agent of desk.agents) {
      await desk.enter(agent);
      written.push(await alertsOf(desk));
    }
    const [low, empty] = ['DayPassWalletLow', 'DayPassWalletEmpty'];
    expect(written).toEqual([[], [low], [low], [low, empty]]);
  });

  test('are written again only after the balance has risen above', async () => {
    const desk = await site.openDesk({ agents: 3, passes: 3, lowBalanceThreshold: 2 });
    await desk.enter(desk.agents[0]!);
    await desk.add(1);
    await desk.enter(desk.agents[1]!);
    expect(await alertsOf(desk)).toEqual(['DayPassWalletLow', 'DayPassWalletLow']);
  });

  test('are written once if the balance falls below both at once', async () => {
    const desk = await site.openDesk({ lowBalanceThreshold: 2 });
    const expiresAt = await hoursAhead(desk, 1);
    await desk.add(5, { expiresAt });
    await desk.moveClockTo(expiresAt);
    expect(await desk.add(10)).toBe(10);
    expect(await alertsOf(desk)).toEqual(['DayPassWalletLow', 'DayPassWalletEmpty']);
    await desk.expectBooksToClose();
  });
});

describe("the service's own role may not rewrite history", () => {
  test.each([
    ['change an entry', 'update journal_entries set delta = 0 where account_id = $1'],
    ['remove an entry', 'delete from journal_entries where account_id = $1'],
    ['change a consumption', 'update consumptions set expires_at = now() where account_id = $1'],
    ['remove a consumption', 'delete from consumptions where account_id = $1'],
  ])('cannot %s', async (_, statement) => {
    const desk = await site.openDesk({ passes: 1 });
    await desk.enter(desk.agent);
    await expect(desk.sql(statement)).rejects.toThrow(/permission denied/);
    await desk.expectBooksToClose();
  });

  test('can mark a consumption as reversed', async () => {
    const desk = await site.openDesk({ passes: 1 });
    await desk.enter(desk.agent);
    const marked = 'update consumptions set reversed_at = starts_at where account_id = $1';
    await expect(desk.sql(marked)).resolves.toBeDefined();
  });
});

test('the database refuses a balance below the allowance and a lot below zero', async () => {
  const desk = await site.openDesk({ passes: 1 });
  const overdrawn = desk.sql('update wallets set balance = -1 where account_id = $1');
  await expect(overdrawn).rejects.toThrow(/wallets_balance_floor_check/);
  const emptied = desk.sql('update lots set remaining = -1 where account_id = $1');
  await expect(emptied).rejects.toThrow(/lots_remaining_check/);
});
