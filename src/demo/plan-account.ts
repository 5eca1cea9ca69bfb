import type { DemoAccount } from './demo-accounts';
import { leftAfterDays, type Visit } from './plan-visits';
import { createRandom } from './random';
import { dayMs, hourMs, type Span } from './span';
import { endsAt, inSteps, type Act, type Step } from './step';
import { Stock } from './stock';

type TimedAct = Act & { atMs: number };

/** Whoever runs out waits this long for the next order. */
const lateByMs = 2 * dayMs;
/** The order of the quarter, so that there is plenty to begin with. */
const lastOrder = { quantity: 200, daysBeforeEnd: 2 };

/** All that happens to the passes of a demo MSP in its ninety days, in order. Pure. */
export function planAccount(account: DemoAccount, visits: readonly Visit[], span: Span): Step[] {
  const { courtesies, orders, lateAfter, people } = account;
  const dayAt = (day: number) => span.startMs + day * dayMs;
  const acts: TimedAct[] = [];
  const stock = new Stock();
  let order = 0;
  const buy = (atMs: number, quantity: number) => {
    order += 1;
    acts.push({ kind: 'buy', atMs, quantity, order });
    stock.add(quantity);
  };

  const allowance = {
    lowBalanceThreshold: orders.lowAt,
    emergencyAllowance: lateAfter === null ? 0 : 1,
  };
  acts.push({ kind: 'set-wallet', atMs: span.startMs + 2 * hourMs, ...allowance });
  buy(span.startMs + 3 * hourMs, orders.first);
  for (const { quantity, day, untilDay, reason } of courtesies) {
    const gift = { quantity, expiresAtMs: dayAt(untilDay), reason };
    acts.push({ kind: 'give', atMs: dayAt(day), ...gift });
  }
  for (const { status, email } of people) {
    if (status === 'DEACTIVATED')
      acts.push({ kind: 'deactivate', atMs: dayAt(leftAfterDays), email });
  }

  const waiting = [...courtesies];
  const made: (Visit & { takenBackAtMs?: number })[] = [];
  let beforeMs = dayAt(1);
  let emptySinceMs: number | null = null;
  for (const visit of visits) {
    const { atMs } = visit;
    while (waiting[0] && dayAt(waiting[0].day) < atMs) {
      const { quantity, untilDay } = waiting.shift()!;
      stock.addCourtesy(quantity, dayAt(untilDay));
    }
    const isLate: boolean =
      order === lateAfter && (emptySinceMs === null || atMs < emptySinceMs + lateByMs);
    if (stock.balance(atMs) <= orders.lowAt && !isLate) {
      buy(beforeMs + Math.floor((atMs - beforeMs) * 0.6), orders.next);
    }
    const balance = stock.balance(atMs);
    if (balance <= 0) emptySinceMs ??= atMs;
    // Nobody is let in on an empty wallet but the one to whom it lends.
    if (balance < 0) continue;
    stock.draw(atMs);
    acts.push(enter(visit, balance === 0));
    if (balance > 0) made.push(visit);
    else acts.push(...endsAt([visit.untilMs], span.endMs));
    beforeMs = atMs;
  }
  buy(span.endMs - lastOrder.daysBeforeEnd * dayMs, lastOrder.quantity);

  const takenBack = planReversals(account, made);
  acts.push(...takenBack.acts);
  const endsMs = made.filter((visit) => !takenBack.visits.has(visit)).map((visit) => visit.untilMs);
  acts.push(
    ...endsAt([...endsMs, ...courtesies.map(({ untilDay }) => dayAt(untilDay))], span.endMs),
  );
  return inSteps(acts);
}

function enter({ atMs, person, ticket }: Visit, emergency: boolean): TimedAct {
  const { email, sections } = person;
  return { kind: 'enter', atMs, email, ticket, section: sections[0]!, emergency };
}

const reasons = [
  'Opened the agent portal instead of the contact portal.',
  'The ticket had been closed already.',
  'Wrong account: the visit was meant for another MSP.',
];

/** Some visits of the last weeks, when the wallet is full, were mistakes and are taken back. */
function planReversals({ slug, reversals }: DemoAccount, made: readonly Visit[]) {
  const random = createRandom(`reversals of ${slug}`);
  const visits = new Set<Visit>();
  const recent = made.slice(-18, -3);
  while (visits.size < Math.min(reversals, recent.length)) visits.add(random.pick(recent));
  const acts = [...visits].map(({ atMs, person }, at): TimedAct => ({
    kind: 'take-back',
    atMs: atMs + random.integer(2, 12) * 60_000,
    email: person.email,
    enteredAtMs: atMs,
    reason: reasons[at % reasons.length]!,
  }));
  return { visits, acts };
}
