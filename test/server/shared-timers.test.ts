import { InitDeadlines } from '../../src/server/doors/init-deadlines';
import { SocketHeartbeat } from '../../src/server/doors/socket-heartbeat';
import { BearerEnds } from '../../src/server/operation/bearer-ends';
import { bounded, eventually } from '../support/patience';

test('credentials are reported once each when they have ended, and not after their connections closed', async () => {
  let nowMs = 0;
  const ended: number[] = [];
  const ends = new BearerEnds(() => nowMs);
  const add = (bearerEndsAtMs: number) => {
    const holder = { bearerEndsAtMs, bearerEnded: () => ended.push(bearerEndsAtMs) };
    ends.add(holder);
    return holder;
  };
  const later = [add(2_000), add(Infinity)];
  const closed = add(3);
  for (const endsAtMs of [10, 5, -1]) add(endsAtMs);
  // A connection is never notified before it knows how to release itself.
  expect(ended).toEqual([]);
  ends.remove(closed);
  nowMs = 10;
  await eventually(async () => expect(ended).toHaveLength(3));
  expect([...ended].sort((a, b) => a - b)).toEqual([-1, 5, 10]);
  nowMs = 2_000;
  // One that ends before the timer of the others is noticed even so.
  add(1_999);
  await eventually(async () => expect(ended.slice(3)).toEqual([2_000, 1_999]));
  for (const holder of later) ends.remove(holder);
});

test('each socket is pinged once per heartbeat, and not after it was deleted', async () => {
  const heartbeat = new SocketHeartbeat<{ beats: number; beat(): void }>(16);
  const open = () => {
    const socket = { beats: 0, beat: () => void (socket.beats += 1) };
    return { socket, group: heartbeat.add(socket) };
  };
  const sockets = Array.from({ length: 40 }, open);
  const beats = () => sockets.map(({ socket }) => socket.beats);
  await eventually(async () => expect(Math.min(...beats())).toBeGreaterThan(2));
  expect(Math.max(...beats()) - Math.min(...beats())).toBeLessThan(2);
  const { socket, group } = sockets.shift()!;
  group.delete(socket);
  const { beats: last } = socket;
  await eventually(async () => expect(Math.min(...beats())).toBeGreaterThan(last + 2));
  expect(socket.beats).toBe(last);
  heartbeat.stop();
});

test('sockets without connection_init are closed in the order in which they were opened, others are not', async () => {
  const late: string[] = [];
  const deadlines = new InitDeadlines<{ initIsLate(): void }>(50);
  const open = (name: string) =>
    new Promise<void>((resolve) => {
      const socket = { initIsLate: () => resolve(void late.push(name)) };
      deadlines.add(socket);
      if (name === 'prompt') deadlines.remove(socket);
    });
  void open('prompt');
  const first = open('first');
  void open('prompt');
  await bounded(Promise.all([first, open('second')]), 'the end of both');
  await bounded(open('third'), 'the end of the last');
  expect(late).toEqual(['first', 'second', 'third']);
});
