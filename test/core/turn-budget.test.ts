import { setImmediate as nextTurn } from 'node:timers/promises';
import { TurnBudget } from '../../src/core/turn-budget';

/** Longer than any slice, whatever the machine. */
function work(): void {
  const until = performance.now() + 20;
  while (performance.now() < until);
}

/** A stream of messages that follow each other without a pause of the event loop. */
async function stream(budget: TurnBudget, name: string, done: string[]): Promise<void> {
  for (let message = 1; message <= 3; message += 1) {
    const turn = budget.next();
    if (turn) await turn;
    work();
    done.push(`${name}${message}`);
  }
}

test('other work is done between the messages of a burst', async () => {
  const done: string[] = [];
  const streamed = stream(new TurnBudget(), 'message ', done);
  await nextTurn();
  done.push('other work');
  await streamed;
  expect(done.indexOf('other work')).toBeLessThan(done.indexOf('message 3'));
});

test('streams share one budget and take turns, each with its messages in order', async () => {
  const done: string[] = [];
  const budget = new TurnBudget();
  await Promise.all(['a', 'b', 'c'].map((name) => stream(budget, name, done)));
  expect(done).toHaveLength(9);
  for (const name of ['a', 'b', 'c']) {
    const own = done.filter((message) => message.startsWith(name));
    expect(own).toEqual([`${name}1`, `${name}2`, `${name}3`]);
  }
  expect(done.indexOf('c1')).toBeLessThan(done.indexOf('a3'));
});

test('a message that comes alone waits for nothing', async () => {
  const budget = new TurnBudget();
  for (let message = 1; message <= 3; message += 1) {
    expect(budget.next()).toBeUndefined();
    work();
    await nextTurn();
    await nextTurn();
  }
});
