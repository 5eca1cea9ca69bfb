import { Lookups } from '../../src/access/lookups';
import { longTest } from '../support/size';

/** Statements that answer when the test says so; only `good` names exist. */
function openLookups(missingMs = 60_000) {
  const statements: { names: readonly string[]; answer: (error?: Error) => void }[] = [];
  const good = new Set(['good']);
  const lookups = new Lookups<string>({
    missingMs,
    find: (names) =>
      new Promise((resolve, reject) => {
        const found = new Map(names.filter((name) => good.has(name)).map((name) => [name, name]));
        statements.push({ names, answer: (error) => (error ? reject(error) : resolve(found)) });
      }),
  });
  /** Answers statements until none is left; how many ran at once at most, and how many in all. */
  const answerAll = async () => {
    let [most, count] = [0, 0];
    while (statements.length > 0) {
      most = Math.max(most, statements.length);
      count += 1;
      statements.shift()!.answer();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { most, count };
  };
  return { lookups, statements, good, answerAll };
}

const madeUp = (count: number) => Array.from({ length: count }, (_, at) => `bad ${at}`);

test('a thousand invented names use two statements at a time, and a valid one among them is found', async () => {
  const { lookups, answerAll } = openLookups();
  const bad = Promise.all(madeUp(1_000).map((name) => lookups.find(name)));
  const good = lookups.find('good');
  expect(await answerAll()).toEqual({ most: 2, count: 7 });
  expect(await good).toBe('good');
  expect(new Set(await bad)).toEqual(new Set([null]));
});

test('a name that does not exist is remembered until it may exist', async () => {
  const { lookups, statements, good, answerAll } = openLookups();
  const first = lookups.find('late');
  await answerAll();
  expect(await first).toBeNull();
  expect(await lookups.find('late')).toBeNull();
  expect(statements).toHaveLength(0);
  good.add('late');
  lookups.forgetMissing('late');
  const again = lookups.find('late');
  await answerAll();
  expect(await again).toBe('late');
});

test('a name that was created while a statement ran is not remembered as missing', async () => {
  const { lookups, good, answerAll } = openLookups();
  const before = lookups.find('late');
  lookups.forgetMissing('late');
  await answerAll();
  expect(await before).toBeNull();
  good.add('late');
  const after = lookups.find('late');
  await answerAll();
  expect(await after).toBe('late');
});

test('no lookup is answered by a statement that began before, and simultaneous lookups share one', async () => {
  const { lookups, statements, answerAll } = openLookups();
  const early = lookups.find('good');
  const late = [lookups.find('good'), lookups.find('good')];
  const other = lookups.find('bad');
  expect(statements.map(({ names }) => names)).toEqual([['good'], ['good']]);
  await answerAll();
  expect(await Promise.all([early, ...late, other])).toEqual(['good', 'good', 'good', null]);
});

test('names of an address that failed too often wait for each other, and the good one is found', async () => {
  const { lookups, statements, answerAll } = openLookups();
  const held = ['good', ...madeUp(50)].map((name) => lookups.find(name, true));
  expect(statements).toHaveLength(0);
  // Names of other addresses are looked up at once.
  const other = lookups.find('good');
  expect(statements).toHaveLength(1);
  await answerAll();
  expect(await other).toBe('good');
  while (statements.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect((await answerAll()).count).toBe(1);
  expect(await held[0]).toBe('good');
  expect(await held.at(-1)).toBeNull();
});

longTest('too many at one moment are refused, not kept', async () => {
  const { lookups, answerAll } = openLookups();
  const asked = madeUp(10_100).map((name) => lookups.find(name, true).catch((error) => error.code));
  await new Promise((resolve) => setTimeout(resolve, 200));
  await answerAll();
  const answers = await Promise.all(asked);
  expect(answers.filter((one) => one === 'SERVICE_UNAVAILABLE')).toHaveLength(100);
});

test('a statement that fails affects only its names, and no result is remembered', async () => {
  const { lookups, statements, answerAll } = openLookups();
  const failed = lookups.find('good');
  statements.shift()!.answer(new Error('no connection'));
  await expect(failed).rejects.toThrow('no connection');
  const again = lookups.find('good');
  await answerAll();
  expect(await again).toBe('good');
});
