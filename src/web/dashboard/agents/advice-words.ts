import { writeMoney } from '../../format/money';
import type { AdvicePartsFragment } from '../../generated/app';
import { words } from '../../words';

export type Advice = AdvicePartsFragment;

/** "12 days a month cost 36.00 USD more than a licence." */
export function reasonOf({ verdict, paidDays, months, difference }: Advice): string {
  if (!difference || verdict === 'NOT_ENOUGH_HISTORY') return words.agents.advice.reason.later;
  if (paidDays === 0) return words.agents.advice.reason.unused(writeMoney(difference));
  const average = paidDays / Math.max(months, 1);
  const isRare = average > 0 && average < 1;
  const days = isRare
    ? words.agents.advice.rareDays
    : words.agents.advice.days(Math.round(average));
  const money = writeMoney(difference);
  switch (verdict) {
    case 'SEAT':
      return words.agents.advice.reason.dearer(days, money);
    case 'PASSES':
      return words.agents.advice.reason.cheaper(days, money);
    case 'CLOSE':
      return words.agents.advice.reason.close(days);
  }
}
