import { writeCount } from '../../format/count';
import type { OverviewEntryFragment } from '../../generated/app';
import { writeLocalText } from '../../format/times';
import { writeMoney } from '../../format/money';

/** As many as one reads; the ledger has them all. */
export const entriesMax = 20;

/** Each entry once, the newest first, as many as are shown. */
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
      const who = source === 'API_KEY' ? `An API key of ${agent.name}` : agent.name;
      const what = emergency ? 'an emergency pass' : 'a day pass';
      return `${who} used ${what}, until ${unbroken(writeLocalText(expiresAtLocal, 'short'))}`;
    }
    case 'DayPassExpired':
      return `${entry.consumption.agent.name}’s day pass ended`;
    case 'DayPassReversed':
      return `${actorOf(entry)} took back ${entry.consumption.agent.name}’s day pass: ${entry.reason}`;
    case 'DayPassesGranted':
      return `${actorOf(entry)} granted ${passes(entry.delta)}: ${entry.reason}`;
    case 'DayPassesPurchased': {
      const { quantity, total } = entry.purchase;
      return `${actorOf(entry)} bought ${passes(quantity)} for ${writeMoney(total)}`;
    }
    case 'DayPassLotExpired':
      return `${passes(entry.quantity)} expired unused`;
    case 'DayPassWalletLow':
      return `The balance fell to ${writeCount(entry.threshold)} or below: it is low`;
    case 'DayPassWalletEmpty':
      return 'The last pass was used: the wallet is empty';
    case 'OtherDayPassEvent':
    default:
      // More kinds may be added.
      return 'Something happened that this page does not know yet';
  }
}

/** 'GMT-3' and not 'GMT-', '3'. */
function unbroken(text: string): string {
  return text.replaceAll('-', '\u2011');
}

function actorOf({ actor }: OverviewEntryFragment): string {
  if (actor?.__typename === 'Agent') return actor.name;
  if (actor?.__typename === 'ApiKey') return `The API key ${actor.keyName}`;
  return actor?.__typename === 'Operator' ? `The ${actor.operatorName.toLowerCase()}` : 'Daypass';
}

function passes(quantity: number): string {
  return quantity === 1 ? 'one day pass' : `${writeCount(quantity)} day passes`;
}
