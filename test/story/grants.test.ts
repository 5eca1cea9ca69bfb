import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { dataOf, faultCodeOf, openTestSite, tally, type TestSite } from '../support/desk/desk';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

test('an admin adds passes to the wallet', async () => {
  const desk = await site.openDesk();
  const answer = await desk.grant({ quantity: 25 });
  expect(dataOf(answer).grantDayPasses).toMatchObject({
    wallet: { balance: 25 },
    replayed: false,
    userErrors: [],
  });
  await desk.expectBooksToClose();
});

test('the same idempotency key again returns the same result and adds nothing', async () => {
  const desk = await site.openDesk();
  const input = { quantity: 25, idempotencyKey: 'order 1' };
  await desk.grant(input);
  const again = dataOf(await desk.grant(input)).grantDayPasses;
  expect(again).toMatchObject({ wallet: { balance: 25 }, replayed: true, userErrors: [] });
  expect(await desk.kinds()).toEqual(['DayPassesGranted']);
});

test('one key sent many times at once adds its passes once', async () => {
  const desk = await site.openDesk();
  const answers = await Promise.all(
    Array.from({ length: 32 }, () => desk.grant({ quantity: 7, idempotencyKey: 'order 2' })),
  );
  const replayed = answers.map((answer) => String(dataOf(answer).grantDayPasses?.replayed));
  expect(tally(replayed)).toEqual({ false: 1, true: 31 });
  expect(await desk.balance()).toBe(7);
});

test.each([
  ['quantity', { quantity: 8 }],
  ['reason', { reason: 'Another' }],
  ['end', { expiresAt: '2096-01-01T00:00:00.000Z' }],
])('a key that comes again with another %s is refused', async (_, change) => {
  const desk = await site.openDesk();
  const input = { quantity: 7, reason: 'One', idempotencyKey: 'order 3' };
  await desk.grant(input);
  const payload = dataOf(await desk.grant({ ...input, ...change })).grantDayPasses;
  expect(payload).toEqual({
    wallet: null,
    replayed: false,
    userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
  });
  expect(await desk.balance()).toBe(7);
});

test('a key is remembered by what was accepted with it, not by what was refused', async () => {
  const desk = await site.openDesk();
  await desk.grant({ quantity: 0, idempotencyKey: 'order 4' });
  const payload = dataOf(await desk.grant({ quantity: 3, idempotencyKey: 'order 4' }));
  expect(payload.grantDayPasses).toMatchObject({ wallet: { balance: 3 }, replayed: false });
});

test('two accounts may use the same key', async () => {
  const [one, other] = [await site.openDesk(), await site.openDesk()];
  await one.grant({ quantity: 3, idempotencyKey: 'order 5' });
  const payload = dataOf(await other.grant({ quantity: 4, idempotencyKey: 'order 5' }));
  expect(payload.grantDayPasses).toMatchObject({ wallet: { balance: 4 }, replayed: false });
});

describe('a grant is refused', () => {
  const cases: [what: string, input: Record<string, unknown>, code: string, field: string][] = [
    ['of no pass', { quantity: 0 }, 'QUANTITY_OUT_OF_RANGE', 'quantity'],
    ['of less than none', { quantity: -1 }, 'QUANTITY_OUT_OF_RANGE', 'quantity'],
    ['of more than a million', { quantity: 1_000_001 }, 'QUANTITY_OUT_OF_RANGE', 'quantity'],
    [
      'that ends in the past',
      { expiresAt: '2020-01-01T00:00:00Z' },
      'VALIDATION_FAILED',
      'expiresAt',
    ],
    ['without a reason', { reason: ' ' }, 'VALIDATION_FAILED', 'reason'],
    ['for a reason too long', { reason: 'x'.repeat(501) }, 'VALIDATION_FAILED', 'reason'],
    ['for a reason with U+0000', { reason: 'a\0b' }, 'VALIDATION_FAILED', 'reason'],
    ['without a key', { idempotencyKey: '' }, 'VALIDATION_FAILED', 'idempotencyKey'],
    [
      'with a key too long',
      { idempotencyKey: 'k'.repeat(201) },
      'VALIDATION_FAILED',
      'idempotencyKey',
    ],
    [
      'with half a character in its key',
      { idempotencyKey: 'k\ud800' },
      'VALIDATION_FAILED',
      'idempotencyKey',
    ],
    [
      'to a wallet that does not exist',
      { walletId: nodeId('DayPassWallet', newId()) },
      'NOT_FOUND',
      'walletId',
    ],
    ['to what is no wallet', { walletId: nodeId('Agent', newId()) }, 'NOT_FOUND', 'walletId'],
  ];

  test.each(cases)('%s', async (_, input, code, field) => {
    const desk = await site.openDesk();
    expect(dataOf(await desk.grant(input)).grantDayPasses).toEqual({
      wallet: null,
      replayed: false,
      userErrors: [{ code, field: [field] }],
    });
    expect(await desk.kinds()).toEqual([]);
  });

  test("to another account's wallet, in the same way as to one that does not exist", async () => {
    const [desk, other] = [await site.openDesk(), await site.openDesk()];
    const [wallet] = await other.sql<{ id: string }>(
      'select id from wallets where account_id = $1',
    );
    const answer = await desk.grant({ walletId: nodeId('DayPassWallet', wallet!.id) });
    expect(dataOf(answer).grantDayPasses?.userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['walletId'] },
    ]);
    expect(await other.balance()).toBe(0);
  });

  test.each([
    ['a number beyond 32 bits', { quantity: 2 ** 31 }],
    ['half a pass', { quantity: 1.5 }],
    ['a number beyond all others', { quantity: 1e308 }],
    ['a number as a text', { quantity: '5' as never }],
    ['a number in a list', { quantity: [5] as never }],
    ['no number', { quantity: null as never }],
    ['an id that we never gave out', { walletId: 'wallet-1' }],
    ['an instant without an offset', { expiresAt: '2096-01-01T00:00:00' }],
  ])('with %s as a fault of the request', async (_, input) => {
    const desk = await site.openDesk();
    expect(faultCodeOf(await desk.grant(input))).toBe('BAD_USER_INPUT');
    expect(await desk.kinds()).toEqual([]);
  });

  test('if the wallet would have more than a thousand million', async () => {
    const desk = await site.openDesk();
    // The books are made not to close here: nobody grants a thousand times for one test.
    await desk.sql('update wallets set balance = 999500000 where account_id = $1');
    const payload = dataOf(await desk.grant({ quantity: 500_001 })).grantDayPasses;
    expect(payload?.userErrors).toEqual([{ code: 'QUANTITY_OUT_OF_RANGE', field: ['quantity'] }]);
  });
});

describe('who may grant', () => {
  test('no agent who is not an admin', async () => {
    const desk = await site.openDesk({ passes: 1 });
    await desk.enter(desk.agent);
    expect(faultCodeOf(await desk.grant({}, desk.agent))).toBe('FORBIDDEN');
  });

  test('no contact', async () => {
    const desk = await site.openDesk();
    const contact = { id: '', bearer: await desk.bearer(null) };
    expect(faultCodeOf(await desk.grant({}, contact))).toBe('FORBIDDEN');
  });

  test('an occasional admin only while a pass runs', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const [admin] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    expect(faultCodeOf(await desk.grant({}, admin))).toBe('DAY_PASS_REQUIRED');
    await desk.enter(admin!);
    expect(dataOf(await desk.grant({ quantity: 2 }, admin)).grantDayPasses).toMatchObject({
      wallet: { balance: 2 },
    });
  });

  test('no agent who was deactivated', async () => {
    const desk = await site.openDesk();
    await desk.sql(`update agents set status = 'DEACTIVATED' where account_id = $1`);
    expect(faultCodeOf(await desk.grant({}))).toBe('FORBIDDEN');
  });
});
