import type { OverviewEntryFragment } from '../../generated/app';
import { writeLocalText } from '../../format/times';
import { writeMoney } from '../../format/money';
import { words } from '../../words';

/** The feed's length; the ledger has all entries. */
export const entriesMax = 20;

/** Each entry once, the newest first, up to the feed's length. */
export function newestFirst(entries: readonly OverviewEntryFragment[]): OverviewEntryFragment[] {
  const once = new Map(entries.map((entry) => [entry.sequence, entry]));
  return [...once.values()]
    .sort((one, other) => other.sequence - one.sequence)
    .slice(0, entriesMax);
}

/** An entry of the journal as a sentence. */
export function writeEntry(entry: OverviewEntryFragment): string {
  switch (entry.__typename) {
    case 'DayPassConsumed': {
      const { agent, source, emergency, expiresAtLocal } = entry.consumption;
      const who = source === 'API_KEY' ? words.overview.feed.keyOf(agent.name) : agent.name;
      const until = unbroken(writeLocalText(expiresAtLocal, 'short'));
      return emergency
        ? words.overview.feed.usedEmergency(who, until)
        : words.overview.feed.used(who, until);
    }
    case 'DayPassExpired':
      return words.overview.feed.ended(entry.consumption.agent.name);
    case 'DayPassReversed':
      return words.overview.feed.reversed(
        actorOf(entry),
        entry.consumption.agent.name,
        entry.reason,
      );
    case 'DayPassesGranted':
      return words.overview.feed.granted(
        actorOf(entry),
        words.dashboard.passes(entry.delta),
        entry.reason,
      );
    case 'DayPassesPurchased': {
      const { quantity, total } = entry.purchase;
      return words.overview.feed.bought(
        actorOf(entry),
        words.dashboard.passes(quantity),
        writeMoney(total),
      );
    }
    case 'DayPassLotExpired':
      return words.overview.feed.expired(words.dashboard.passes(entry.quantity));
    case 'DayPassWalletLow':
      return words.overview.feed.low(entry.threshold);
    case 'DayPassWalletEmpty':
      return words.overview.feed.empty;
    case 'OtherDayPassEvent':
    default:
      // More kinds may be added.
      return words.overview.feed.other;
  }
}

/** 'GMT-3' and not 'GMT-', '3'. */
function unbroken(text: string): string {
  return text.replaceAll('-', '\u2011');
}

function actorOf({ actor }: OverviewEntryFragment): string {
  if (actor?.__typename === 'Agent') return actor.name;
  if (actor?.__typename === 'ApiKey') return words.overview.feed.apiKey(actor.keyName);
  return actor?.__typename === 'Operator'
    ? words.overview.feed.operator(actor.operatorName.toLowerCase())
    : words.dashboard.service;
}
