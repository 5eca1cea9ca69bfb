import type { JournalEntry } from '../../src/journal/journal-entry';
import { PastPages } from '../../src/journal/past-pages';

const pageSize = 10;
/** A read from here fails. */
const nowhere = 500;

/** A journal of a hundred entries, and how often it was read. */
function openPast() {
  const reads: number[] = [];
  const past = new PastPages(async (after) => {
    reads.push(after);
    await Promise.resolve();
    if (after === nowhere) throw new Error('The database is away.');
    return Array.from({ length: Math.min(pageSize, 100 - after) }, (_none, at) => {
      return { sequence: after + at + 1 } as JournalEntry;
    });
  });
  const numbers = async (after: number) =>
    (await past.after(after)).map(({ sequence }) => sequence);
  return { reads, past, numbers };
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_none, at) => first + at);

test('streams that are behind at the same place, or within a page, share one read and the same entries', async () => {
  const { reads, past, numbers } = openPast();
  const [one, other] = await Promise.all([past.after(20), past.after(20)]);
  expect(one[0]).toBe(other[0]);
  expect(await numbers(20)).toEqual(range(21, 30));
  expect(await numbers(24)).toEqual(range(25, 30));
  expect(past.after(24)).not.toBeInstanceOf(Promise);
  expect(reads).toEqual([20]);
  expect(await numbers(30)).toEqual(range(31, 40));
  expect(await numbers(19)).toEqual(range(20, 29));
  expect(reads).toEqual([20, 30, 19]);
});

test('every stream receives all entries in order, wherever it stands', async () => {
  const { numbers } = openPast();
  const all = await Promise.all(
    [0, 3, 17, 18, 55].map(async (from) => {
      const received: number[] = [];
      for (let last = from; last < 100; last = received.at(-1)!) {
        // Each at a pace of its own.
        received.push(...(await numbers(last)).slice(0, 1 + (from % 4)));
      }
      return [from, received] as const;
    }),
  );
  for (const [from, received] of all) expect(received).toEqual(range(from + 1, 100));
});

test('a read that failed is not kept, and the number of pages is bounded', async () => {
  const { reads, numbers } = openPast();
  await expect(numbers(nowhere)).rejects.toThrow('away');
  await expect(numbers(nowhere)).rejects.toThrow('away');
  expect(reads).toEqual([nowhere, nowhere]);
  for (const after of range(0, 8)) await numbers(after * pageSize + 1);
  expect(await numbers(1)).toEqual(range(2, 11));
  expect(reads.filter((after) => after === 1)).toHaveLength(2);
});
