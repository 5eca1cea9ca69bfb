import { endOfLocalDay, localDayOf, startOfLocalDate } from '../time/local-day';
import { largeEmail, type LargeAccount } from './large-accounts';
import { dayMs, hourMs, spanDays, type Span } from './span';
import { endsAt, inSteps, type Act, type Step } from './step';

/** The number of commands in a batch of the ledger. */
const groupMax = 256;
/** Groups follow each other by a little more than half a minute. */
const groupEveryMs = 37_003;
/** The most passes that one credit adds. */
const orderMax = 1_000_000;

/**
 * An account's past, day by day: every agent enters, in groups, and every pass ends. It is made
 * while it is walked, because a million acts need too much memory. There is enough time between
 * days for the last zone's midnight to come before the first zone's next morning.
 */
export function* planLarge(account: LargeAccount, span: Span): Generator<Step> {
  const { days, occasional } = account;
  const everyDays = Math.max(2, Math.floor((spanDays - 4) / days));
  if (everyDays * days > spanDays - 2) throw new Error(`There is no room for ${days} days.`);
  const quantity = Math.min(orderMax, Math.ceil(occasional * days * 2) + 1_000);
  yield* inSteps([{ kind: 'buy', atMs: span.startMs + hourMs, quantity, order: 1 }]);
  for (let day = 0; day < days; day += 1) {
    yield* oneDay(account, span.startMs + (1 + day * everyDays) * dayMs);
  }
}

/** How many entries `planLarge` makes. */
export function countEntries({ occasional, days }: LargeAccount): number {
  return 1 + 2 * occasional * days;
}

function oneDay(account: LargeAccount, aroundMs: number): Step[] {
  const { timeZones } = account;
  const acts: (Act & { atMs: number })[] = [];
  const endsMs: number[] = [];
  timeZones.forEach((timeZone, zoneAt) => {
    const { localDate } = localDayOf(aroundMs, timeZone);
    // Zones with the same offset open at different instants: a batch has agents of one zone.
    const openMs = startOfLocalDate(localDate, timeZone) + 8 * hourMs + zoneAt;
    const endMs = endOfLocalDay(openMs, timeZone);
    numbersIn(account, zoneAt).forEach((number, at) => {
      const atMs = openMs + Math.floor(at / groupMax) * groupEveryMs;
      const email = largeEmail(account.slug, number);
      acts.push({ kind: 'enter', atMs, email, ticket: null, section: 'TICKETS', emergency: false });
      endsMs.push(endMs);
    });
  });
  return inSteps([...acts, ...endsAt(endsMs, Infinity)]);
}

/** The occasional agents who live in a zone, by their numbers; see `largeAgents`. */
function numbersIn({ timeZones, fullTime, occasional }: LargeAccount, zoneAt: number): number[] {
  const numbers: number[] = [];
  for (let number = fullTime; number < fullTime + occasional; number += 1) {
    if (number % timeZones.length === zoneAt) numbers.push(number);
  }
  return numbers;
}
