import fc from 'fast-check';
import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';
import { DatabaseClock } from '../../src/db/database-clock';

/** How long a question is under way, and its answer. */
type Trip = readonly [thereMs: number, backMs: number];

const renewEveryMs = 30_000;
const quick: Trip = [0.5, 0.5];

/** A process and a database whose clocks a test moves. */
class World {
  monotonicMs = 1_000;
  aheadMs = 2_000_000_000_000;
  private trips: Trip[] = [];
  readonly clock = new DatabaseClock({
    query: async () => {
      const [there, back] = this.trips.length > 1 ? this.trips.shift()! : this.trips[0]!;
      this.monotonicMs += there;
      const ms = this.databaseMs;
      this.monotonicMs += back;
      return [{ ms }];
    },
  } as unknown as DataSource);

  get databaseMs(): number {
    return this.monotonicMs + this.aheadMs;
  }

  /** How far the estimate is behind; below zero: ahead. */
  get behindMs(): number {
    return this.databaseMs - this.clock.nowMs();
  }

  /** The next questions take so long; the last of these also each further one. */
  async renew(...trips: Trip[]): Promise<void> {
    this.trips = trips;
    await this.clock.renew();
  }
}

let world: World;

beforeEach(() => {
  world = new World();
  jest.spyOn(performance, 'now').mockImplementation(() => world.monotonicMs);
});
afterEach(() => jest.restoreAllMocks());

test.each<[string, Trip]>([
  ['on its way back', [1, 480]],
  ['on its way there', [480, 1]],
])('an answer that was held up %s does not replace a better one', async (_, slow) => {
  await world.renew(quick);
  world.monotonicMs += renewEveryMs;
  await world.renew(slow);
  expect(Math.abs(world.behindMs)).toBeLessThan(2);
});

test('of several answers the quickest counts', async () => {
  await world.renew([0, 300], [200, 0], quick, [0, 300]);
  expect(Math.abs(world.behindMs)).toBeLessThan(2);
});

test.each([
  ['forwards by a second', 1_000],
  ['back by a second', -1_000],
  ['back by hours', -7_200_000],
])('a clock of the database that somebody moves %s is followed', async (_, byMs) => {
  await world.renew(quick);
  world.monotonicMs += renewEveryMs;
  world.aheadMs += byMs;
  await world.renew([2, 40]);
  expect(Math.abs(world.behindMs)).toBeLessThan(25);
});

test('a clock that drifts is followed, even if the first answer was the quickest of all', async () => {
  await world.renew([0, 0]);
  for (let time = 0; time < 1_000; time += 1) {
    world.monotonicMs += renewEveryMs;
    world.aheadMs += renewEveryMs * 0.0004;
    await world.renew([3, 3]);
    expect(Math.abs(world.behindMs)).toBeLessThan(2 * renewEveryMs * 0.0005);
  }
});

test('however long answers take, the estimate is as good as the best of the last minutes', async () => {
  const trip = fc.tuple(
    fc.double({ min: 0, max: 240, noNaN: true }),
    fc.double({ min: 0, max: 240, noNaN: true }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(trip, { minLength: 1, maxLength: 30 }), async (trips) => {
      world = new World();
      let mayErrMs = Infinity;
      for (const [there, back] of trips) {
        await world.renew([there, back]);
        mayErrMs = Math.min(mayErrMs + (renewEveryMs + 2_400) * 0.0005, (there + back) / 2);
        // Whole milliseconds.
        expect(Math.abs(world.behindMs)).toBeLessThanOrEqual(mayErrMs + 1.01);
        world.monotonicMs += renewEveryMs;
      }
    }),
  );
});
