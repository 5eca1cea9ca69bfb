import { writeCount } from '../../format/count';
import type { DayPassSource, DayPassStatus, LedgerMovementsQuery } from '../../generated/app';
import { writeMoney } from '../../format/money';

export const statusWords: Record<DayPassStatus, string> = {
  ACTIVE: 'Running',
  EXPIRED: 'Ended',
  REVERSED: 'Reversed',
};

export const sourceWords: Record<DayPassSource, string> = {
  PORTAL: 'Portal',
  TICKET: 'Ticket',
  API_KEY: 'API key',
};

export type Movement = NonNullable<LedgerMovementsQuery['dayPassEvents']>['edges'][number]['node'];

const kindWords: Record<Movement['__typename'], string> = {
  DayPassesPurchased: 'Bought',
  DayPassesGranted: 'Granted',
  DayPassConsumed: 'Consumed',
  DayPassExpired: 'Pass ended',
  DayPassReversed: 'Reversed',
  DayPassWalletLow: 'Balance low',
  DayPassWalletEmpty: 'Wallet empty',
  DayPassLotExpired: 'Lot expired',
  OtherDayPassEvent: 'Other',
};

/** The kind of an entry in words; kinds may be added to the API. */
export function kindOf({ __typename }: Movement): string {
  return kindWords[__typename] ?? kindWords.OtherDayPassEvent;
}

/** Whom or what an entry is about, in a line. */
export function subjectOf(movement: Movement): string {
  switch (movement.__typename) {
    case 'DayPassesPurchased':
      return `${writeMoney(movement.purchase.unitPrice)} each, ${writeMoney(movement.purchase.total)}`;
    case 'DayPassConsumed':
    case 'DayPassExpired':
    case 'DayPassReversed':
      return movement.consumption.agent.name;
    case 'DayPassWalletLow':
      return `At ${writeCount(movement.threshold)} or fewer`;
    case 'DayPassLotExpired':
      return `${writeCount(movement.quantity)} unused`;
    case 'DayPassesGranted':
    case 'DayPassWalletEmpty':
    case 'OtherDayPassEvent':
      return '';
    default:
      // A kind that is newer than this page.
      return '';
  }
}

/** Why, in the words of whoever did it; null where no reason is asked for. */
export function reasonOf(movement: Movement): string | null {
  if (movement.__typename === 'DayPassesGranted') return movement.reason;
  return movement.__typename === 'DayPassReversed' ? movement.reversalReason : null;
}

/** Who caused an entry. What ends by itself has nobody. */
export function actorOf({ actor }: Movement): string {
  return actor?.name ?? 'Daypass';
}

/** '1 new entry', '3 new entries'. */
export function countOf(count: number, one: string, many: string): string {
  return `${writeCount(count)} ${count === 1 ? one : many}`;
}
