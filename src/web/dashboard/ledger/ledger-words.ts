import type { LedgerMovementsQuery } from '../../generated/app';
import { writeMoney } from '../../format/money';
import { words } from '../../words';

export type Movement = NonNullable<LedgerMovementsQuery['dayPassEvents']>['edges'][number]['node'];

/** The kind of an entry; a newer service may have further kinds. */
export function kindOf({ __typename }: Movement): string {
  const kinds: Partial<Record<string, string>> = words.ledger.kind;
  return kinds[__typename] ?? words.ledger.kind.OtherDayPassEvent;
}

/** The subject of an entry, in one line. */
export function subjectOf(movement: Movement): string {
  switch (movement.__typename) {
    case 'DayPassesPurchased':
      return words.ledger.subject.purchase(
        writeMoney(movement.purchase.unitPrice),
        writeMoney(movement.purchase.total),
      );
    case 'DayPassConsumed':
    case 'DayPassExpired':
    case 'DayPassReversed':
      return movement.consumption.agent.name;
    case 'DayPassWalletLow':
      return words.ledger.subject.low(movement.threshold);
    case 'DayPassLotExpired':
      return words.ledger.subject.unused(movement.quantity);
    case 'DayPassesGranted':
    case 'DayPassWalletEmpty':
    case 'OtherDayPassEvent':
      return '';
    default:
      // A kind that is newer than this page.
      return '';
  }
}

/** The reason that was given; null if the kind of entry has none. */
export function reasonOf(movement: Movement): string | null {
  if (movement.__typename === 'DayPassesGranted') return movement.reason;
  return movement.__typename === 'DayPassReversed' ? movement.reversalReason : null;
}

/** Who caused an entry. The service itself ends passes. */
export function actorOf({ actor }: Movement): string {
  return actor?.name ?? words.dashboard.service;
}
