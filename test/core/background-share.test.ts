import fc from 'fast-check';
import { BackgroundShare, type LoopWatch } from '../../src/core/background-share';

/** A loop whose clock and work a test sets. */
class Loop implements LoopWatch {
  private timers: { atMs: number; run: () => void }[] = [];
  now = 0;
  active = 0;
  nowMs = () => this.now;
  activeMs = () => this.active;

  after(ms: number, run: () => void): void {
    this.timers.push({ atMs: this.now + ms, run });
  }

  /**
   * So much time passes, of which other work has a part; timers that are due run. Between timers
   * nothing reads the clock, so it goes from one to the next.
   */
  async pass(ms: number, others: number): Promise<void> {
    // What has begun before sets its timers.
    await settled();
    for (let left = ms; left > 0;) {
      const nextAtMs = Math.min(...this.timers.map(({ atMs }) => atMs));
      const stepMs = Math.min(left, Math.max(1, Math.ceil(nextAtMs - this.now)));
      left -= stepMs;
      this.now += stepMs;
      this.active += stepMs * others;
      const due = this.timers.filter(({ atMs }) => atMs <= this.now);
      this.timers = this.timers.filter(({ atMs }) => atMs > this.now);
      for (const { run } of due) run();
      if (due.length > 0) await settled();
    }
  }
}

/** What a promise of the share resolves to has run. */
async function settled(): Promise<void> {
  for (let at = 0; at < 10; at += 1) await Promise.resolve();
}

/** Work that always wants more; each piece costs so much. */
function keepWorking(share: BackgroundShare, loop: Loop, costMs: number) {
  const done = { pieces: 0 };
  const work = async () => {
    for (;;) {
      await share.begin();
      done.pieces += 1;
      loop.active += costMs;
      share.spent(costMs);
      // The rest of the turn of the loop.
      await new Promise<void>((resolve) => loop.after(1, resolve));
    }
  };
  void work();
  return done;
}

test('while the loop has room, work begins at once', async () => {
  const loop = new Loop();
  const share = new BackgroundShare(loop);
  const done = keepWorking(share, loop, 0.5);
  await loop.pass(2_000, 0.2);
  expect(share.isBusy).toBe(false);
  expect(done.pieces).toBeGreaterThan(900);
});

test('while requests keep the loop busy, work has its share, and all it wants afterwards', async () => {
  const loop = new Loop();
  const share = new BackgroundShare(loop);
  const done = keepWorking(share, loop, 0.2);
  await loop.pass(1_000, 0.9);
  expect(share.isBusy).toBe(true);
  const before = done.pieces;
  await loop.pass(10_000, 0.9);
  // 2 % of ten seconds, and the least rate beside it.
  const usedMs = (done.pieces - before) * 0.2;
  expect(usedMs).toBeGreaterThan(150);
  expect(usedMs).toBeLessThanOrEqual(250);
  await loop.pass(500, 0);
  const free = done.pieces;
  await loop.pass(1_000, 0);
  expect(done.pieces - free).toBeGreaterThan(400);
});

test('work that a burst wakes after a rest begins within its share', async () => {
  const loop = new Loop();
  const share = new BackgroundShare(loop);
  await loop.pass(10_000, 0);
  // The burst began, and what it wakes is wanted a moment after the first hint of it.
  share.watch();
  await loop.pass(50, 0.9);
  const done = keepWorking(share, loop, 0.2);
  await loop.pass(200, 0.9);
  expect(done.pieces * 0.2).toBeLessThanOrEqual(10);
});

test('work that is too expensive for the share begins at the least rate', async () => {
  const loop = new Loop();
  const share = new BackgroundShare(loop);
  await loop.pass(300, 1);
  expect(share.isBusy).toBe(true);
  const done = keepWorking(share, loop, 20);
  await loop.pass(10_000, 1);
  expect(done.pieces).toBeGreaterThanOrEqual(180);
  expect(done.pieces).toBeLessThanOrEqual(220);
});

test('pieces that wait together begin together, at the least rate', async () => {
  const loop = new Loop();
  const share = new BackgroundShare(loop);
  await loop.pass(300, 1);
  const begunAt: number[] = [];
  const work = async () => {
    for (;;) {
      await share.begin();
      begunAt.push(loop.now);
      loop.active += 20;
      share.spent(20);
      await new Promise<void>((resolve) => loop.after(1, resolve));
    }
  };
  for (let at = 0; at < 3; at += 1) void work();
  await loop.pass(10_000, 1);
  expect(begunAt.length).toBeGreaterThanOrEqual(180);
  expect(begunAt.length).toBeLessThanOrEqual(220);
  expect(new Set(begunAt).size).toBeLessThanOrEqual(begunAt.length / 2.5);
});

test('work begins in the order in which it asked, whatever the load', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          asks: fc.nat(5),
          ms: fc.nat(300),
          others: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        {
          maxLength: 15,
        },
      ),
      async (steps) => {
        const loop = new Loop();
        const share = new BackgroundShare(loop);
        const begun: number[] = [];
        let asked = 0;
        for (const { asks, ms, others } of steps) {
          for (let at = 0; at < asks; at += 1) {
            const number = asked++;
            void share.begin().then(() => {
              begun.push(number);
              share.spent(3);
            });
          }
          await loop.pass(ms, others);
        }
        await loop.pass(5_000, 1);
        expect(begun).toEqual(Array.from({ length: asked }, (_, at) => at));
      },
    ),
    { numRuns: 25 },
  );
});
