import { buildSchema, parse } from 'graphql';
import type { RequestContext } from '../../src/api/context';
import type { PreparedOperation } from '../../src/server/operation';
import { SharedExecutions } from '../../src/server/shared-executions';

const schema = buildSchema('type Query { secret: String } type Subscription { told: String }');
const document = parse('subscription { told }');
const question = '[]';

/** A reader who may or may not; what is told depends on it. Counts what is resolved for it. */
function reader(may: boolean, { isPersonal = false } = {}) {
  const context = {
    resolved: 0,
    asked: { rights: new Map([['journal:read', may]]), viewers: new Map(), isPersonal },
    renew() {},
    answersAlike: async (asked: RequestContext['asked']) =>
      !asked.isPersonal && asked.rights.get('journal:read') === may,
  };
  const operation = { schema, document, contextValue: context } as unknown as PreparedOperation;
  return { context, operation };
}

const message = () => ({
  told: (_args: object, context: { resolved: number; asked: RequestContext['asked'] }) => {
    context.resolved += 1;
    return context.asked.rights.get('journal:read') ? 'all' : 'little';
  },
});

test('readers about whom every question comes out the same are told by one execution', async () => {
  const executions = new SharedExecutions();
  const heard = message();
  const readers = [reader(true), reader(true), reader(true)];
  const told = await Promise.all(
    readers.map(({ operation }) => executions.execute(operation, question, heard)),
  );
  expect(told.map(({ data }) => data?.told)).toEqual(['all', 'all', 'all']);
  expect(readers.map(({ context }) => context.resolved)).toEqual([1, 0, 0]);
});

test('who may see less, or more, is told by an execution of its own, whoever comes first', async () => {
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

test('what is about its reader, or failed, is told to nobody else', async () => {
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
