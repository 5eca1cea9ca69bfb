import { writeMoney } from '../../format/money';
import { words } from '../../words';
import { actorOf } from './actor';
import type { EntryWords } from './entry-words.types';

export const dayPassesPurchased: EntryWords<'DayPassesPurchased'> = {
  subject: ({ purchase: { unitPrice, total } }) =>
    words.ledger.subject.purchase(writeMoney(unitPrice), writeMoney(total)),
  sentence: (entry) => {
    const { quantity, total } = entry.purchase;
    return words.overview.feed.bought(
      actorOf(entry),
      words.dashboard.passes(quantity),
      writeMoney(total),
    );
  },
};
