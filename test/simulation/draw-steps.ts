import {
  drawCancel,
  drawLatePayment,
  drawNote,
  drawPayment,
  drawTerms,
  drawWithdrawal,
} from './draw-selling';
import { drawDelivery, drawEndpoint, drawEndpointAct } from './draw-webhooks';
import { drawPrice, zones } from './found-desk';
import type { Random } from './random';
import type { Fault, Forgery, Step, Told } from './step';

const forgeries: Forgery[] = [
  'wallet',
  'no such wallet',
  'zone',
  'price',
  'words',
  'emergency',
  'agent',
];
const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

/** What happens next: one thing, or a few that mostly come together. */
export function drawSteps(random: Random): Step[] {
  return [random.weighted(kinds)(random)].flat();
}

const processOf = (random: Random) => random.between(0, 1);
const some = (random: Random) => random.between(0, 999);

const kinds: readonly (readonly [number, (random: Random) => Step | Step[]])[] = [
  [10, (random) => ({ do: 'wait', ms: drawWait(random) })],
  [8, drawWaitUntil],
  [0.3, (random) => ({ do: 'set-clock-back', ms: random.between(1, 2_000) })],
  [8, drawAsk],
  [22, drawEntry],
  [5, drawProceed],
  [6, drawKeys],
  [0.3, (random) => ({ do: 'revoke-key', ...keyOf(random) })],
  [1, drawLateReversal],
  [1, drawHops],
  [5, drawGrant],
  [3.5, drawPurchase],
  [3, drawPayment],
  [0.7, drawWithdrawal],
  [1, drawCancel],
  [1.5, drawNote],
  [0.7, drawTerms],
  [0.7, drawLatePayment],
  [5, (random) => ({ do: 'reverse', process: processOf(random), back: random.fewBack() })],
  [3, drawSetWallet],
  [4, drawChangeAgent],
  [0.5, drawLastAdmins],
  [3, (random) => ({ do: 'expire', process: processOf(random) })],
  [0.7, drawAdvance],
  [5, drawAgain],
  [12, drawCommit],
  [0.5, (random) => ({ do: 'kill', process: processOf(random) })],
  [0.3, drawEndpoint],
  [4, drawDelivery],
  [0.7, drawEndpointAct],
  [0.3, (random) => ({ do: 'activate', agent: some(random) })],
  [0.7, (random) => ({ do: 'move-ticket', ticket: some(random), client: orNull(random) })],
  [0.4, (random) => ({ do: 'set-price', price: drawPrice(random, 0) })],
];

const orNull = (random: Random) => (random.chance(0.4) ? null : some(random));

/** Mostly as long as a person needs; sometimes a night, a week or a season. */
function drawWait(random: Random): number {
  return random.weighted([
    [20, random.between(0, 5)],
    [40, random.between(1, 10_000)],
    [25, random.between(1, 6 * minuteMs)],
    [10, random.between(1, 180 * minuteMs)],
    [4, random.between(1, 4) * dayMs],
    [0.5, random.between(10, 200) * dayMs],
  ]);
}

function drawWaitUntil(random: Random): Step {
  return {
    do: 'wait-until',
    what: random.weighted([
      [5, 'midnight'],
      [1, 'clock change'],
      [5, 'due'],
      [2, 'confirmation'],
      [1, 'price'],
    ]),
    agent: some(random),
    aroundMs: random.pick([-60_000, -10_001, -10_000, -9_999, -2, -1, 0, 0, 1, 30]),
  };
}

function drawAsk(random: Random): Extract<Step, { do: 'ask' }> {
  return {
    do: 'ask',
    agent: some(random),
    ticket: orNull(random),
    section: random.pick(['TICKETS', 'TICKETS', 'ASSETS', 'ADMIN']),
    skewMs: random.chance(0.2) ? random.between(-50, 50) : 0,
  };
}

/** An agent asks, reads and proceeds; some at once, some with a double click. */
function drawEntry(random: Random): Step[] {
  const ask = drawAsk(random);
  const steps: Step[] = [ask];
  if (random.chance(0.4)) steps.push({ do: 'wait', ms: random.between(0, 20_000) });
  const process = processOf(random);
  // The agent's access changes while the agent reads.
  if (random.chance(0.06)) steps.push({ ...drawChangeAgent(random), process, agent: ask.agent });
  steps.push({ do: 'proceed', process, back: null, forge: null });
  if (random.chance(0.15)) {
    steps.push({ do: 'again', process: processOf(random), back: 0, isOther: false });
  }
  if (random.chance(0.6)) steps.push({ ...drawCommit(random), process });
  // A pass by mistake, reversed soon; sometimes in one batch with what pays for it.
  if (random.chance(0.12)) {
    if (random.chance(0.3)) {
      steps.push({ do: 'grant', process, wallet: null, quantity: 1, lifeMs: null });
    }
    steps.push({ do: 'reverse', process, back: random.fewBack() }, drawCommit(random));
  }
  return steps;
}

/** The newest pass is reversed at about the instant from which that is too late. */
function drawLateReversal(random: Random): Step[] {
  const process = processOf(random);
  const aroundMs = random.between(-1, 1);
  return [
    { do: 'wait-until', what: 'too late to reverse', agent: 0, aroundMs },
    { do: 'reverse', process, back: 0 },
    { ...drawCommit(random), process },
  ];
}

/**
 * Passes of one agent are reversed one after the other, and the name of the zone changes in
 * between.
 */
function drawHops(random: Random): Step[] {
  const process = processOf(random);
  const agent = some(random);
  const commit = { ...drawCommit(random), process };
  return Array.from({ length: random.between(2, 4) }, (): Step[] => [
    { do: 'ask', agent, ticket: null, section: 'ASSETS', skewMs: 0 },
    { do: 'proceed', process, back: null, forge: null },
    commit,
    { do: 'reverse', process, back: 0 },
    { do: 'change-agent', process, agent, set: { timeZone: random.pick(zones) } },
    commit,
    { do: 'wait', ms: random.between(0, 20 * minuteMs) },
  ]).flat();
}

function drawProceed(random: Random): Step {
  const forge = random.chance(0.06) ? random.pick(forgeries) : null;
  return { do: 'proceed', process: processOf(random), back: random.fewBack(), forge };
}

function keyOf(random: Random) {
  return { process: processOf(random), agent: some(random), key: random.pick([1, 2] as const) };
}

/** A script of an agent: one request, or some of both its keys at once. */
function drawKeys(random: Random): Step[] {
  const section = random.pick(['TICKETS', 'TICKETS', 'ASSETS', null] as const);
  const one = { do: 'use-key' as const, ...keyOf(random), section };
  const steps: Step[] = [one];
  if (random.chance(0.4))
    steps.push({ ...one, key: random.pick([1, 2]), process: processOf(random) });
  if (random.chance(0.5)) steps.push(drawCommit(random));
  return steps;
}

function drawGrant(random: Random): Step {
  const lifeMs = random.weighted<number | null>([
    [8, null],
    [6, random.between(1, 30) * minuteMs],
    [6, random.between(1, 60) * 60 * minuteMs],
    [1, random.between(-2, 2)],
  ]);
  const [process, wallet] = [processOf(random), orNull(random)];
  return { do: 'grant', process, wallet, quantity: drawQuantity(random), lifeMs };
}

function drawPurchase(random: Random): Step {
  const told = random.weighted<Told>([
    [2, 'nothing'],
    [5, 'the truth'],
    [1, 'less'],
  ]);
  const [process, wallet] = [processOf(random), orNull(random)];
  return { do: 'purchase', process, wallet, quantity: drawQuantity(random), told };
}

/** Few at a time, so that wallets run dry. */
function drawQuantity(random: Random): number {
  return random.weighted([
    [60, random.between(1, 3)],
    [10, random.between(4, 12)],
    [1, 0],
    [1, -1],
    [0.5, 1_000_001],
    [0.02, 1_000_000],
  ]);
}

function drawSetWallet(random: Random): Step {
  const set = random.pick([
    () => ({ lowBalanceThreshold: random.pick([null, 0, 1, 2, 5, -1, 1_000_000_001]) }),
    () => ({ emergencyAllowance: random.pick([0, 0, 1, 2, 3, 5, -1, 1_001]) }),
    () => ({ frozen: random.chance(0.25) }),
    () => ({ frozen: false, emergencyAllowance: random.between(0, 3) }),
  ])();
  return { do: 'set-wallet', process: processOf(random), wallet: some(random), set };
}

function drawChangeAgent(random: Random): Extract<Step, { do: 'change-agent' }> {
  const set = random.pick([
    () => ({ timeZone: random.pick(zones) }),
    () => ({ timeZone: random.pick(zones) }),
    () => ({ type: random.pick(['OCCASIONAL', 'OCCASIONAL', 'FULL_TIME'] as const) }),
    () => ({ status: random.pick(['ACTIVE', 'ACTIVE', 'DEACTIVATED'] as const) }),
    () => ({ role: random.pick(['ACCOUNT_ADMIN', 'AGENT', 'AGENT'] as const) }),
    () => ({ sections: random.pick([['TICKETS', 'ASSETS'], ['TICKETS'], ['ASSETS']]) }),
    () => ({ name: 'Another name' }),
  ])();
  return { do: 'change-agent', process: processOf(random), agent: some(random), set };
}

/** Both possible lasting admins are removed together. */
function drawLastAdmins(random: Random): Step[] {
  const process = processOf(random);
  const change = (agent: number): Step => ({
    ...{ do: 'change-agent', process, agent },
    set: { status: 'DEACTIVATED' },
  });
  return [change(0), change(1), { ...drawCommit(random), process }];
}

function drawAdvance(random: Random): Step {
  const process = processOf(random);
  const byMs = random.weighted([
    [4, random.between(0, 36) * 60 * minuteMs],
    [2, random.between(1, 40) * dayMs],
    [1, random.pick([0, -1, 366 * dayMs, 366 * dayMs + 1])],
  ]);
  return random.chance(0.6)
    ? { do: 'advance', process, byMs, toMs: null }
    : { do: 'advance', process, byMs: null, toMs: byMs };
}

function drawAgain(random: Random): Step {
  const isOther = random.chance(0.15);
  return { do: 'again', process: processOf(random), back: random.fewBack(), isOther };
}

function drawCommit(random: Random): Extract<Step, { do: 'commit' }> {
  const fault = random.weighted<Fault>([
    [16, 'none'],
    [1, 'lost before its commit'],
    [2, 'answer lost'],
  ]);
  return { do: 'commit', process: processOf(random), size: random.between(1, 12), fault };
}
