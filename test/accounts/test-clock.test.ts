import { MoveTestClockDocument, WhereItStandsDocument } from '../generated/operations';
import { openBulkLedger } from '../support/desk/bulk';
import { dataOf, faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { act, advanceTo } from '../support/desk/streams';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** More than lies between two requests of a test, less than any move of one. */
const slackMs = 10 * 60_000;

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

const nowOf = async (desk: Desk) =>
  Date.parse((await act(desk, WhereItStandsDocument, {})).account.now);

/** Moves the clock; answers the account's instant after it, or what it was refused with. */
async function move(desk: Desk, input: { by?: string; to?: string }) {
  const { advanceTestClock } = await act(desk, MoveTestClockDocument, { input });
  const { account, userErrors } = advanceTestClock!;
  expect(account === null).toBe(userErrors.length === 1);
  return { nowMs: account && Date.parse(account.now), refusal: userErrors[0] ?? null };
}

/** By about how many milliseconds `act` moves the clock, without the time that passes. */
async function expectMovedBy(desk: Desk, ms: number, moving: () => Promise<unknown>) {
  const before = await nowOf(desk);
  await moving();
  const moved = (await nowOf(desk)) - before;
  expect(moved).toBeGreaterThanOrEqual(ms - 1);
  expect(moved).toBeLessThan(ms + slackMs);
}

/** Ends of passes and lots as the journal has them, in order: what, and when it happened. */
const ends = (desk: Desk) =>
  desk.sql<{ kind: string; at: Date; due: Date }>(
    `select e.kind, e.occurred_at as at, coalesce(c.expires_at, l.expires_at) as due
     from journal_entries e
     left join consumptions c on c.account_id = e.account_id and c.id = e.consumption_id
     left join lots l on l.account_id = e.account_id
       and l.id = (e.payload::json ->> 'lotId')::uuid
     where e.account_id = $1 and e.kind in ('DayPassExpired', 'DayPassLotExpired')
     order by e.sequence`,
  );

test('moves by a duration, twice if it is sent twice', async () => {
  const desk = await site.openDesk();
  await expectMovedBy(desk, 12 * hourMs, async () => {
    await move(desk, { by: 'PT6H' });
    await move(desk, { by: 'PT6H' });
  });
});

test('moves to an instant, once if it is sent twice', async () => {
  const desk = await site.openDesk();
  const toMs = (await nowOf(desk)) + 40 * dayMs;
  const to = new Date(toMs).toISOString();
  const first = await move(desk, { to });
  expect(first.nowMs).toBeGreaterThanOrEqual(toMs - 1);
  // A retry after a lost answer; the clock has ticked on since. The zone of the text does not matter.
  for (const same of [to, to.replace('Z', '+00:00')]) {
    const again = await move(desk, { to: same });
    expect(again.refusal).toBeNull();
    expect(again.nowMs).toBeGreaterThanOrEqual(first.nowMs!);
    expect(again.nowMs).toBeLessThan(toMs + slackMs);
  }
  const [moves] = await desk.sql<{ count: number }>(
    `select count(*)::integer as count from audit_events
     where account_id = $1 and action = 'test_clock.advanced'`,
  );
  expect(moves!.count).toBe(1);
});

test('an instant before the target of the last move, or of an earlier move, is refused', async () => {
  const desk = await site.openDesk();
  const toMs = (await nowOf(desk)) + 40 * dayMs;
  const at = (ms: number) => ({ to: new Date(ms).toISOString() });
  await move(desk, at(toMs));
  const refusal = { code: 'VALIDATION_FAILED', field: ['to'] };
  expect((await move(desk, at(toMs - 1))).refusal).toEqual(refusal);
  await move(desk, { by: 'PT1H' });
  expect((await move(desk, at(toMs))).refusal).toEqual(refusal);
});

test('an instant may be given in any zone', async () => {
  const desk = await site.openDesk();
  await expectMovedBy(desk, dayMs, async () => {
    const to = new Date((await nowOf(desk)) + dayMs + 9 * hourMs).toISOString();
    await move(desk, { to: to.replace('Z', '+09:00') });
  });
});

describe('a move is refused', () => {
  const cases: [what: string, input: { by?: string; to?: string }, field: string][] = [
    ['by less than nothing', { by: '-PT1H' }, 'by'],
    ['by what is no duration', { by: 'an hour' }, 'by'],
    ['by an empty text', { by: '' }, 'by'],
    ['by a duration that never ends', { by: `P${'9'.repeat(40)}Y` }, 'by'],
    ['by more than a year', { by: 'P367D' }, 'by'],
    ['to the past', { to: '2020-01-01T00:00:00.000Z' }, 'to'],
    ['to more than a year from now', { to: '2096-01-01T00:00:00.000Z' }, 'to'],
    ['both by and to', { by: 'PT1H', to: '2096-01-01T00:00:00.000Z' }, 'by'],
    ['neither by nor to', {}, 'by'],
  ];

  test.each(cases)('%s', async (_, input, field) => {
    const desk = await site.openDesk();
    await expectMovedBy(desk, 0, async () => {
      const { refusal } = await move(desk, input);
      expect(refusal).toEqual({ code: 'VALIDATION_FAILED', field: [field] });
    });
  });

  test('in an account that is not a sandbox', async () => {
    const desk = await site.openDesk();
    await desk.sql('update accounts set sandbox = false, test_clock_offset_ms = 0 where id = $1');
    expect((await move(desk, { by: 'PT1H' })).refusal?.code).toBe('SANDBOX_ONLY');
  });

  test('for callers who are not admins, and for an admin without access', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const codeOf = async (token: string) => {
      const variables = { input: { by: 'PT1H' } };
      return faultCodeOf(await site.service.request(MoveTestClockDocument, { token, variables }));
    };
    expect(await codeOf(desk.agent.bearer)).toBe('FORBIDDEN');
    expect(await codeOf(outside!.bearer)).toBe('DAY_PASS_REQUIRED');
  });

  test('if its instant is malformed', async () => {
    const desk = await site.openDesk();
    const variables = { input: { to: 'tomorrow' } };
    const token = desk.admin.bearer;
    const answer = await site.service.request(MoveTestClockDocument, { token, variables });
    expect(faultCodeOf(answer)).toBe('BAD_USER_INPUT');
  });
});

test('everything that becomes due on the way happens in order, each at its own instant', async () => {
  const desk = await site.openDesk({ agents: 0, passes: 5 });
  const zones = ['Pacific/Kiritimati', 'Asia/Kathmandu', 'UTC', 'America/St_Johns', 'Pacific/Niue'];
  const people = await desk.addAgents(zones.map((timeZone) => ({ timeZone })));
  const until: number[] = [];
  for (const person of people) {
    until.push(Date.parse((await desk.enter(person)).consumption.expiresAt));
  }
  const lotEnd = (await nowOf(desk)) + 30 * hourMs;
  await desk.add(3, { expiresAt: new Date(lotEnd).toISOString() });
  const due = [...until, lotEnd].sort((a, b) => a - b);

  await move(desk, { by: 'P3D' });
  const written = await ends(desk);
  expect(written.map((entry) => entry.due.getTime())).toEqual(due);
  expect(written.map((entry) => entry.at.getTime())).toEqual(due);
  await desk.expectBooksToClose();
});

test('more than a thousand passes that end at one instant have ended there when it answers', async () => {
  const desk = await site.openDesk({ agents: 0, passes: 1_100 });
  const agents = await desk.addAgents(Array.from({ length: 1_100 }, () => ({ timeZone: 'UTC' })));
  const bulk = openBulkLedger(site.source, site.service.databaseUrl);
  const endsAtMs = (await nowOf(desk)) + hourMs;
  await bulk.sell(
    desk.accountId,
    agents.map(({ id }) => id),
    endsAtMs,
  );
  await bulk.close();
  // To that very instant, which is past before the second thousand has its turn.
  await advanceTo(desk, endsAtMs);
  const written = await ends(desk);
  expect(written).toHaveLength(1_100);
  // There, or a moment later: between its steps the expiry loop may have had its turn.
  const at = written.map((entry) => entry.at.getTime());
  expect(Math.min(...at)).toBe(endsAtMs);
  expect(Math.max(...at)).toBeLessThanOrEqual(await nowOf(desk));
  await desk.expectBooksToClose();
});

test('simultaneous moves all succeed, and nothing ends twice', async () => {
  const desk = await site.openDesk({ agents: 6, passes: 6, timeZone: 'Asia/Tokyo' });
  for (const agent of desk.agents) await desk.enter(agent);
  const to = new Date((await nowOf(desk)) + 2 * dayMs).toISOString();
  const moves = await Promise.all([
    ...Array.from({ length: 4 }, () => move(desk, { to })),
    ...Array.from({ length: 4 }, () => move(desk, { by: 'PT1H' })),
  ]);
  for (const { refusal } of moves)
    expect([null, 'VALIDATION_FAILED']).toContain(refusal?.code ?? null);
  expect(moves.slice(4).map(({ refusal }) => refusal)).toEqual([null, null, null, null]);
  const nowMs = await nowOf(desk);
  expect(nowMs).toBeGreaterThanOrEqual(Date.parse(to) - 1);
  expect(nowMs).toBeLessThan(Date.parse(to) + 4 * hourMs + slackMs);
  expect(await ends(desk)).toHaveLength(6);
  await desk.expectBooksToClose();
});

test('the clock of one account moves no other, and no bearer ends by it', async () => {
  const [desk, other] = [await site.openDesk({ passes: 1 }), await site.openDesk()];
  await expectMovedBy(other, 0, async () => {
    await move(desk, { by: 'P30D' });
  });
  // The bearer tokens are valid for an hour.
  await desk.enter(desk.agent);
  const answer = await site.service.request(WhereItStandsDocument, {
    token: desk.agent.bearer,
    variables: {},
  });
  expect(dataOf(answer).dayPassWallet?.balance).toBe(0);
});
