import { Budgets } from '../../src/api/budgets';
import { MessageBudget, PaymentQueue } from '../../src/server/operation/message-budget';

const spender = { caller: 'a', accountId: 'A' };
let budgets: Budgets;
let payments: PaymentQueue;
/** The clock of the budgets: it stands still, or runs on by this much each time it is read. */
let stepMs: number;

/** A stream whose messages cost that much. */
const stream = (amount: number, of = spender) =>
  new MessageBudget(payments, { spender: of, amount, actual: () => amount });

beforeEach(() => {
  let nowMs = 0;
  stepMs = 0;
  // The first wait is for 40 to come back.
  budgets = new Budgets({ max: 40, perSecond: 400 }, () => (nowMs += stepMs));
  payments = new PaymentQueue(budgets);
});

test('messages are paid at once while there is enough, and a quarter is left to requests', () => {
  expect(stream(30).pay()).toBe(true);
  expect(stream(5).pay()).toBeInstanceOf(Promise);
  expect(budgets.take(spender, 10).isGranted).toBe(true);
});

test('a message that cannot be paid waits until it can, in order', async () => {
  expect(stream(30).pay()).toBe(true);
  const order: string[] = [];
  const pay = async (name: string, amount: number) => {
    expect(await stream(amount).pay()).toBe(true);
    order.push(name);
  };
  const waiting = [pay('dear', 30), pay('cheap', 1), pay('another', 2)];
  // No other caller waits for them, or pays for them.
  const other = stream(30, { caller: 'b', accountId: 'B' });
  expect(other.pay()).toBe(true);
  expect(order).toEqual([]);
  stepMs = 5;
  await Promise.all(waiting);
  stepMs = 0;
  expect(order).toEqual(['dear', 'cheap', 'another']);
  expect(budgets.take(spender, 40).isGranted).toBe(false);
});

test('a stream that is closed while it waits pays nothing, and the others continue', async () => {
  budgets.take(spender, 40);
  const [gone, left] = [stream(30), stream(1)];
  const waiting = [gone.pay(), left.pay()];
  gone.close();
  stepMs = 5;
  expect(await waiting[0]).toBe(false);
  expect(await waiting[1]).toBe(true);
  expect(gone.pay()).toBe(false);
});

test('callers of one account wait for the account', async () => {
  const callers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const paid = callers.map((caller) => stream(30, { caller, accountId: 'A' }).pay());
  // 7 × 30 of 5 × 40.
  expect(paid.map((one) => one === true)).toEqual(callers.map((_, at) => at < 6));
  stepMs = 5;
  expect(await paid.at(-1)).toBe(true);
});

test('the unused part of an execution is given back, and all of it if nothing was executed', () => {
  const budget = new MessageBudget(payments, { spender, amount: 30, actual: () => 10 });
  expect(budget.pay()).toBe(true);
  budget.settle({ data: {} });
  expect(Math.floor(budgets.giveBack(spender, 0))).toBeGreaterThanOrEqual(30);
  expect(stream(20).pay()).toBe(true);
});
