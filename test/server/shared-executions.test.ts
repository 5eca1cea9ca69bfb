import { buildSchema, parse } from 'graphql';
import type { ReaderDependencies } from '../../src/api/reader-dependencies';
import type { PreparedOperation } from '../../src/server/operation/operation-request';
import { SharedExecutions } from '../../src/server/operation/shared-executions';

const schema = buildSchema('type Query { secret: String } type Subscription { told: String }');
const document = parse('subscription { told }');
const question = '[]';

/** A reader with or without a permission that decides the result. Counts what is resolved for it. */
function reader(may: boolean, { isPersonal = false } = {}) {
  const context = {
    resolved: 0,
    caller: {
      dependencies: { rights: new Map([['journal:read', may]]), viewers: new Map(), isPersonal },
    },
    renew() {},
    answersAlike: async (asked: ReaderDependencies) =>
      !asked.isPersonal && asked.rights.get('journal:read') === may,
  };
  const operation = { schema, document, contextValue: context } as unknown as PreparedOperation;
  return { context, operation };
}

const message = () => ({
  told: (
    _args: object,
    context: { resolved: number; caller: { dependencies: ReaderDependencies } },
  ) => {
    context.resolved += 1;
    return context.caller.dependencies.rights.get('journal:read') ? 'all' : 'little';
  },
});

test('readers for whom every check has the same result share one execution', async () => {
  const executions = new SharedExecutions();
  const heard = message();
  const readers = [reader(true), reader(true), reader(true)];
  const told = await Promise.all(
    readers.map(({ operation }) => executions.execute(operation, question, heard)),
  );
  expect(told.map(({ data }) => data?.told)).toEqual(['all', 'all', 'all']);
  expect(readers.map(({ context }) => context.resolved)).toEqual([1, 0, 0]);
});

test('a reader who may see less, or more, gets its own execution, in either order', async () => {
  for (const rights of [
    [true, false],
    [false, true],
  ]) {
    const executions = new SharedExecutions();
    const heard = message();
    const [first, second] = rights.map((may) => reader(may));
    const one = await executions.execute(first!.operation, question, heard);
    const other = await executions.execute(second!.operation, question, heard);
    expect([one.data?.told, other.data?.told]).toEqual(
      rights.map((may) => (may ? 'all' : 'little')),
    );
  }
});

test('of each kind of reader one executes for all of its kind, however they are mixed', async () => {
  for (const rights of [
    [true, false, true, false, false],
    [false, true, true, false, true],
  ]) {
    const executions = new SharedExecutions();
    const heard = message();
    const readers = rights.map((may) => reader(may));
    const told = await Promise.all(
      readers.map(({ operation }) => executions.execute(operation, question, heard)),
    );
    expect(told.map(({ data }) => data?.told)).toEqual(
      rights.map((may) => (may ? 'all' : 'little')),
    );
    const resolved = readers.map(({ context }) => context.resolved);
    expect(resolved.reduce((sum, count) => sum + count)).toBe(2);
  }
});

test('a result about its reader, or a failed one, is shared with nobody', async () => {
  const executions = new SharedExecutions();
  const heard = message();
  const [first, second] = [reader(true, { isPersonal: true }), reader(true)];
  await executions.execute(first.operation, question, heard);
  await executions.execute(second.operation, question, heard);
  expect(second.context.resolved).toBe(1);

  let times = 0;
  const failing = {
    told: () => {
      times += 1;
      throw new Error('The database is away.');
    },
  };
  await executions.execute(reader(true).operation, question, failing);
  await executions.execute(reader(true).operation, question, failing);
  expect(times).toBe(2);
});

test('another question, and another message, are executed for themselves', async () => {
  const executions = new SharedExecutions();
  const heard = message();
  const readers = [reader(true), reader(true), reader(true)];
  await executions.execute(readers[0]!.operation, question, heard);
  await executions.execute(readers[1]!.operation, '["other"]', heard);
  await executions.execute(readers[2]!.operation, question, message());
  expect(readers.map(({ context }) => context.resolved)).toEqual([1, 1, 1]);
});

describe('what a stream pays for', () => {
  /** Pays on command; keeps what was settled. */
  function purse() {
    let allow: (isPaid: boolean) => void = () => {};
    const settled: (object | null)[] = [];
    let asked = 0;
    return {
      settled,
      get asked() {
        return asked;
      },
      allow: (isPaid: boolean) => allow(isPaid),
      pay: () => {
        asked += 1;
        return new Promise<boolean>((resolve) => (allow = resolve));
      },
      settle: (result: object | null) => void settled.push(result),
    };
  }

  test('is what is executed for it, and not what others have executed', async () => {
    const executions = new SharedExecutions();
    const heard = message();
    const [first, second] = [purse(), purse()];
    const one = executions.execute(reader(true).operation, question, heard, first);
    first.allow(true);
    await one;
    const other = await executions.execute(reader(true).operation, question, heard, second);
    expect(other.data?.told).toBe('all');
    expect([first.settled.length, second.asked, second.settled]).toEqual([1, 0, []]);
  });

  test('is given back if another executes it while the stream waits to pay', async () => {
    const executions = new SharedExecutions();
    const heard = message();
    const [late, rich] = [purse(), reader(true)];
    const waiting = reader(true);
    const told = executions.execute(waiting.operation, question, heard, late);
    await executions.execute(rich.operation, question, heard);
    late.allow(true);
    expect((await told).data?.told).toBe('all');
    expect([waiting.context.resolved, late.settled]).toEqual([0, [null]]);
  });

  test('is nothing if the stream was closed while it waited', async () => {
    const executions = new SharedExecutions();
    const [closed, waiting] = [purse(), reader(true)];
    const told = executions.execute(waiting.operation, question, message(), closed);
    closed.allow(false);
    await told;
    expect([waiting.context.resolved, closed.settled]).toEqual([0, []]);
  });
});
