import { endOfLocalDay, localDayOf, startOfLocalDate } from '../time/local-day';
import { largeEmail, type LargeAccount } from './large-accounts';
import { dayMs, hourMs, spanDays, type Span } from './span';
import { endsAt, inSteps, type Act, type Step } from './step';

/** As many as share a batch of the ledger. */
const groupMax = 256;
/** Groups follow each other by a bit more than half a minute. */
const groupEveryMs = 37_003;
/** One credit adds no more. */
const orderMax = 1_000_000;

/**
 * An account's past, day by day: everybody comes in, in groups, and every pass ends. Made as it is
 * walked, as a million acts are more than one wants to hold. Days lie far enough apart for the last
 * zone's midnight to come before the first zone's next morning.
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

/** How many entries `planLarge` comes to. */
export function countEntries({ occasional, days }: LargeAccount): number {
  return 1 + 2 * occasional * days;
}

function oneDay(account: LargeAccount, aroundMs: number): Step[] {
  const { timeZones } = account;
  const acts: (Act & { atMs: number })[] = [];
  const endsMs: number[] = [];
  timeZones.forEach((timeZone, zoneAt) => {
    const { localDate } = localDayOf(aroundMs, timeZone);
    // Zones of one offset open at instants of their own: a batch is of one zone.
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
