import { Fault } from '../../src/web/api/fault';
import { isJump } from '../../src/web/sandbox/clock-jump.rules';
import { moveClock, type ClockRequests } from '../../src/web/sandbox/move-clock';

const startMs = Date.parse('2026-11-23T12:00:00Z');
const toMs = startMs + 3_600_000;

const lost = new Fault('NO_ANSWER');
const past = new Fault('VALIDATION_FAILED', 'The clock only moves forward.');
const noPass = new Fault('DAY_PASS_REQUIRED');

/** A service that does what a list says, request by request, and then as it should. */
function serviceThat({
  counts = [],
  moves = [],
  reads = [],
}: {
  counts?: readonly Fault[];
  /** `moved`: the service moves the clock, and the answer is lost. */
  moves?: readonly (Fault | 'moved')[];
  reads?: readonly Fault[];
}) {
  const queue = { counts: [...counts], moves: [...moves], reads: [...reads] };
  let nowMs = startMs;
  const sent = { counts: 0, moves: 0, pauses: 0 };
  const clock = () => ({ serviceMs: nowMs, askedAtMs: 0, readAtMs: 0 });
  const requests: ClockRequests = {
    async countEnds() {
      sent.counts += 1;
      const fault = queue.counts.shift();
      if (fault) throw fault;
      return nowMs < toMs ? 7 : 0;
    },
    async advance(targetMs) {
      sent.moves += 1;
      const fate = queue.moves.shift();
      if (fate === 'moved') nowMs = targetMs + 5;
      if (fate) throw fate === 'moved' ? lost : fate;
      if (targetMs < nowMs) throw past;
      nowMs = targetMs;
      return clock();
    },
    async readClock() {
      const fault = queue.reads.shift();
      if (fault) throw fault;
      return clock();
    },
    async pause() {
      sent.pauses += 1;
    },
  };
  return { requests, sent };
}

test.each([
  ['no request fails', {}, 1],
  ['the answer to the move is lost', { moves: ['moved'] }, 1],
  ['the request for the move is lost', { moves: [lost] }, 2],
  [
    'the answer is lost, and the clock cannot be read at first',
    { moves: ['moved'], reads: [lost] },
    2,
  ],
  [
    'the answer is lost, the clock cannot be read, and the retry needs a pass that has ended',
    { moves: ['moved', noPass], reads: [lost] },
    2,
  ],
  ['the count of the ends gets no answer', { counts: [lost, lost] }, 1],
  [
    'an earlier try is still moving the clock when the next is refused',
    { moves: [lost, noPass] },
    3,
  ],
] as const)(
  'the clock arrives, and the ends are counted before it moves: %s',
  async (_, fates, moves) => {
    const { requests, sent } = serviceThat(fates);
    const { clock, ended } = await moveClock(toMs, requests);
    expect(ended).toBe(7);
    expect(clock.serviceMs).toBeGreaterThanOrEqual(toMs);
    expect(sent.moves).toBe(moves);
  },
);

test.each([
  ['a refusal at the first try', { moves: [past] }, 'VALIDATION_FAILED', 0],
  ['a refusal to count', { counts: [noPass] }, 'DAY_PASS_REQUIRED', 0],
  [
    'the end of the sign-in, which another person may renew',
    { moves: [lost, new Fault('UNAUTHENTICATED')] },
    'UNAUTHENTICATED',
    1,
  ],
  [
    'a service that never answers',
    { moves: Array.from({ length: 99 }, () => lost) },
    'NO_ANSWER',
    29,
  ],
] as const)('a move fails after %s', async (_, fates, code, pauses) => {
  const { requests, sent } = serviceThat(fates);
  await expect(moveClock(toMs, requests)).rejects.toMatchObject({ code });
  expect(sent.pauses).toBe(pauses);
});

test.each([
  ['an hour ahead', 3_600_000, 0, true],
  ['ahead by as much as a device’s clock may be slow', 2_000, 0, false],
  ['as late as the first answer was', 30_000, 30_000, false],
  ['an hour ahead, after a late answer', 3_600_000, 30_000, true],
])('a clock that shows an instant %s has jumped or not', (_, aheadMs, delayMs, jumped) => {
  const before = { serviceMs: startMs, askedAtMs: 1_000, readAtMs: 1_000 + delayMs };
  const nextMs = before.readAtMs + 5_000;
  const instant = { serviceMs: startMs + 5_000 + aheadMs, readAtMs: nextMs };
  expect(isJump(instant, before)).toBe(jumped);
});
