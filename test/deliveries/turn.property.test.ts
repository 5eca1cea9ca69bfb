import fc from 'fast-check';
import { judgeTry, readRetryAfter, type TryResult } from '../../src/deliveries/try.rules';
import { takeTurn, type Claimed, type Move, type TurnStore } from '../../src/deliveries/turn';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const never = { failures: 0, failingMs: null };

/** A journal and one endpoint in memory, as `endpoint-store.ts` keeps them. */
class Books implements TurnStore<number> {
  sequence = 0;
  replay: Claimed['replay'] = null;
  failures = 0;
  /** The turn that may write. */
  lease = 0;
  isPaused = false;
  /** The pause after the last try. */
  retryMs = 0;

  constructor(
    private readonly journal: readonly string[],
    private readonly kinds: readonly string[],
    private readonly windowMax: number,
  ) {}

  get hasWork() {
    return !this.isPaused && (this.sequence < this.journal.length || this.replay !== null);
  }

  claim(): Claimed {
    this.lease += 1;
    const { sequence, replay, failures, kinds, lease } = this;
    const fixed = { accountId: '', id: '', url: '', secretVersion: 1, previousSecretSigns: false };
    return { ...fixed, lease: `${lease}`, kinds, sequence, replay, failures, failingMs: null };
  }

  async next(at: Claimed, limit: number) {
    const after = at.replay?.after ?? at.sequence;
    const end = Math.min(this.journal.length, at.replay?.through ?? Infinity);
    const window = Math.min(end, after + this.windowMax);
    const found = numbers(after + 1, window).filter(
      (number) => this.isWanted(number) && (at.replay?.sequences?.includes(number) ?? true),
    );
    const deliveries = found
      .slice(0, Math.min(limit, 2))
      .map((sequence) => ({ sequence, kind: this.journal[sequence - 1]!, entry: sequence }));
    const through = found.length > deliveries.length ? deliveries.at(-1)!.sequence : window;
    return { deliveries, through: Math.max(through, after), isLast: through >= end };
  }

  async write({ lease }: Claimed, { through, isReplay, tried }: Move) {
    if (lease !== `${this.lease}`) return false;
    for (const { after } of tried) {
      this.failures = after.is === 'DELIVERED' ? 0 : this.failures + 1;
      if (after.is === 'GIVE_UP') this.isPaused = true;
      this.retryMs = after.is === 'RETRY' ? after.inMs : 0;
    }
    if (isReplay) {
      const isOver = through >= this.replay!.through;
      this.replay = isOver ? null : { ...this.replay!, after: through };
    } else this.sequence = through;
    return true;
  }

  isWanted(sequence: number): boolean {
    return this.kinds.length === 0 || this.kinds.includes(this.journal[sequence - 1]!);
  }
}

const numbers = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

const result = (status: number | null): TryResult => ({
  ...{ status, error: null, answer: null, retryAfterMs: null, milliseconds: 1 },
});

/**
 * What becomes of one try: it is answered, refused, or lost; the process is killed before or after
 * the receiver has it; another process takes over while it hangs; the receiver is gone.
 */
const fates = [
  'OK',
  'OK',
  'OK',
  'ERROR',
  'LATE',
  'KILLED',
  'KILLED_AFTER',
  'OVERTAKEN',
  'GONE',
] as const;
type Fate = (typeof fates)[number];

test('a receiver that drops what it knows by its id receives the journal of its kinds, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('A', 'B', 'C'), { maxLength: 25 }),
      fc.subarray(['A', 'B', 'C']),
      fc.array(fc.constantFrom<Fate>(...fates), { maxLength: 60 }),
      fc.array(fc.tuple(fc.nat(30), fc.nat(25), fc.nat(25)), { maxLength: 2 }),
      fc.integer({ min: 1, max: 10 }),
      fc.constantFrom(1, 1, 2, 3),
      async (journal, kinds, fateOf, replays, windowMax, triesPerWrite) => {
        const books = new Books(journal, kinds, windowMax);
        const received: number[] = [];
        let tries = 0;
        const send = async (_: Claimed, { entry }: { entry: number }) => {
          const fate = fateOf[tries++] ?? 'OK';
          if (fate === 'ERROR') return result(500);
          if (fate === 'KILLED') throw new Error('killed');
          received.push(entry);
          if (fate === 'KILLED_AFTER') throw new Error('killed');
          if (fate === 'OVERTAKEN') books.lease += 1;
          if (fate === 'LATE') return result(null);
          return result(fate === 'GONE' ? 410 : 200);
        };
        // Each turn ends by success, failure, the loss of its lease or death: all fates are used up.
        for (let turn = 0; turn < 400; turn += 1) {
          // An admin resumes a paused endpoint, and asks for a replay now and then.
          books.isPaused = false;
          const asked = replays.find(([at]) => at === turn);
          if (asked && books.sequence > 0) {
            const [, from, length] = asked;
            const after = from % books.sequence;
            const through = Math.min(books.sequence, after + length + 1);
            books.replay = { after, through, sequences: null };
            books.lease += 1;
          }
          if (!books.hasWork && turn > 30) break;
          await takeTurn(books.claim(), {
            ...{ store: books, send, mayContinue: () => Promise.resolve(true) },
            triesPerWrite: () => triesPerWrite,
          }).catch(() => {});
        }
        const first = [...new Set(received)];
        expect(first).toEqual(numbers(1, journal.length).filter((n) => books.isWanted(n)));
        expect(books.sequence).toBe(journal.length);
      },
    ),
  );
});

test('while a receiver fails, it has received a prefix of the journal and nothing after it', async () => {
  const books = new Books(['A', 'A', 'A', 'A'], [], 5);
  const received: number[] = [];
  const send = async (_: Claimed, { entry }: { entry: number }) => {
    received.push(entry);
    return result(entry === 3 ? 500 : 200);
  };
  const mayContinue = () => Promise.resolve(true);
  const turn = () => takeTurn(books.claim(), { store: books, send, mayContinue });
  await turn();
  await turn();
  expect(received).toEqual([1, 2, 3, 3]);
  expect(books).toMatchObject({ sequence: 2, failures: 2 });
});

test('a receiver that answers 500 for a day is tried eight times that day, and then receives everything in order', async () => {
  const books = new Books(['A', 'A', 'A'], [], 5);
  let nowMs = 0;
  let failures = 0;
  const received: number[] = [];
  const send = async (_: Claimed, { entry }: { entry: number }) => {
    if (nowMs >= 24 * hourMs) {
      received.push(entry);
      return result(200);
    }
    failures += 1;
    return result(500);
  };
  while (books.hasWork) {
    const { failures: failed } = books;
    const claimed = { ...books.claim(), failingMs: failed === 0 ? null : nowMs };
    const options = {
      store: books,
      send,
      mayContinue: () => Promise.resolve(true),
      random: () => 0.5,
    };
    await takeTurn(claimed, options);
    nowMs += books.retryMs;
  }
  expect(failures).toBe(8);
  expect(received).toEqual([1, 2, 3]);
  // The last pauses are ten hours long.
  expect(nowMs).toBeLessThan(30 * hourMs);
});

test('the waits grow from seconds to hours', () => {
  const waits = numbers(0, 9).map((failures) => {
    const after = judgeTry({ status: 500, retryAfterMs: null }, { failures, failingMs: 1 }, 0.5);
    return after.is === 'RETRY' ? after.inMs / 1_000 : null;
  });
  expect(waits).toEqual([5, 30, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 36_000, 36_000]);
  const bounds = [0, 1].map((random) =>
    judgeTry({ status: null, retryAfterMs: null }, never, random),
  );
  expect(bounds).toEqual([4_000, 6_000].map((inMs) => ({ is: 'RETRY', inMs })));
});

const status = (code: number | null, retryAfterMs: number | null = null) => ({
  status: code,
  retryAfterMs,
});
const retryIn = (inMs: number) => ({ is: 'RETRY', inMs });

test.each([
  ['200', status(200), never, { is: 'DELIVERED' }],
  ['299', status(299), never, { is: 'DELIVERED' }],
  ['a redirect', status(302), never, retryIn(5_000)],
  ['no answer', status(null), never, retryIn(5_000)],
  ['gone', status(410), never, { is: 'GIVE_UP' }],
  ['busy, with a time', status(503, 10 * minuteMs), never, retryIn(10 * minuteMs)],
  ['busy, with a day', status(429, 24 * hourMs), never, retryIn(hourMs)],
  ['busy, with less than our wait', status(502, 1), never, retryIn(5_000)],
  ['another error with a time', status(500, 10 * minuteMs), never, retryIn(5_000)],
  [
    'failing for less than five days',
    status(500),
    { failures: 30, failingMs: 119 * hourMs },
    retryIn(10 * hourMs),
  ],
  [
    'failing for five days',
    status(500),
    { failures: 30, failingMs: 120 * hourMs },
    { is: 'GIVE_UP' },
  ],
] as const)('after %s', (_, given, failing, expected) => {
  expect(judgeTry(given, failing, 0.5)).toEqual(expected);
});

test.each([
  ['120', 120_000],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 59_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  [undefined, null],
])('Retry-After %s', (text, expected) => {
  expect(readRetryAfter(text, 1_000)).toBe(expected);
});
