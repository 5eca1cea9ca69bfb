import type { DemoAccount } from './demo-accounts';
import { planEntries, type Entries } from './plan-entries';
import { leftAfterDays, type Visit } from './plan-visits';
import { createRandom } from './random';
import { dayMs, hourMs, type Span } from './span';
import { endsAt, inSteps, type Act, type Step } from './step';

type TimedAct = Act & { atMs: number };

/** All that happens to the passes of a demo MSP in its ninety days, in order. Pure. */
export function planAccount(account: DemoAccount, visits: readonly Visit[], span: Span): Step[] {
  const { acts, made } = planEntries(account, visits, span);
  const reversals = planReversals(account, made, span);
  const takenBack = new Set(reversals.map(({ visit }) => visit));
  const stayed = made.filter(({ visit }) => !takenBack.has(visit));
  const lotEnds = account.courtesies.map(({ untilDay }) => span.startMs + untilDay * dayMs);
  return inSteps([
    ...planSettings(account, span),
    ...acts,
    ...reversals.map(({ act }) => act),
    ...endsAt([...stayed.map(({ visit }) => visit.untilMs), ...lotEnds], span.endMs),
  ]);
}

/** The wallet is set up, gifts arrive, people leave. */
function planSettings({ orders, lateAfter, courtesies, people }: DemoAccount, span: Span) {
  const dayAt = (day: number) => span.startMs + day * dayMs;
  const wallet = {
    lowBalanceThreshold: orders.lowAt,
    emergencyAllowance: lateAfter === null ? 0 : 1,
  };
  return [
    { kind: 'set-wallet', atMs: span.startMs + 2 * hourMs, ...wallet },
    ...courtesies.map(({ quantity, day, untilDay, reason }): TimedAct => {
      return { kind: 'give', atMs: dayAt(day), quantity, expiresAtMs: dayAt(untilDay), reason };
    }),
    ...people
      .filter(({ status }) => status === 'DEACTIVATED')
      .map(({ email }): TimedAct => ({ kind: 'deactivate', atMs: dayAt(leftAfterDays), email })),
  ] satisfies TimedAct[];
}

const reasons = [
  'Opened the agent portal instead of the contact portal.',
  'The ticket had been closed already.',
  'Wrong account: the visit was meant for another MSP.',
];
const longestDoubtMs = 12 * 60_000;

/** Some visits of the last weeks, when there are enough passes, were mistakes and are reversed. */
function planReversals({ slug, reversals }: DemoAccount, made: Entries['made'], span: Span) {
  const random = createRandom(`reversals of ${slug}`);
  const recent = made
    .filter(({ visit, emergency }) => !emergency && visit.atMs + longestDoubtMs <= span.endMs)
    .slice(-15);
  const picked = new Set<Visit>();
  while (picked.size < Math.min(reversals, recent.length)) picked.add(random.pick(recent).visit);
  return [...picked].map((visit, at) => {
    const { atMs: enteredAtMs, person } = visit;
    const act: TimedAct = {
      kind: 'take-back',
      atMs: enteredAtMs + random.integer(120_000, longestDoubtMs),
      email: person.email,
      enteredAtMs,
      reason: reasons[at % reasons.length]!,
    };
    return { visit, act };
  });
}
