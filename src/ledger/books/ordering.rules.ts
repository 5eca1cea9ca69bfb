import type { AccountTerms, Wallet } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import { judgeQuantity } from './grant';
import { judgeInvoicing } from './issue-invoice';
import { judgePacks, noPrice } from './purchase.rules';

/*
 * Whether an order on terms is taken now. A quote answers by the same rules as the order, which judges
 * again under the account's lock. The order of the checks is: the quantity, the price, the hold, the
 * data of the invoice; then, in the ledger, what the buyer confirmed; and last the credit limit.
 */

/** Why the passes cannot be ordered; null if they can. `price` is null if none applies. */
export function judgeOrdering({
  account,
  wallet,
  quantity,
  price,
  invoicing,
}: {
  account: Pick<AccountTerms, 'holdSinceMs'>;
  wallet: Pick<Wallet, 'balance'>;
  quantity: number;
  price: { packSize: number } | null;
  invoicing: Parameters<typeof judgeInvoicing>[0]['invoicing'];
}): Refused | null {
  return (
    judgeQuantity(wallet, quantity) ??
    (price ? judgePacks(quantity, price.packSize) : noPrice()) ??
    judgeHold(account) ??
    judgeInvoicing({ invoicing })
  );
}

function judgeHold({ holdSinceMs }: Pick<AccountTerms, 'holdSinceMs'>): Refused | null {
  if (holdSinceMs === null) return null;
  const message =
    'The operator takes no orders on terms from this account now. Pay the open invoices, or ask the operator.';
  return refused('ACCOUNT_ON_HOLD', message);
}

/**
 * An order that reaches the limit exactly is within it. An order that is paid first is no credit, so
 * the limit does not concern it.
 */
export function judgeLimit(
  {
    account,
    owedMinor,
  }: { account: Pick<AccountTerms, 'creditLimitMinor' | 'creditFirst'>; owedMinor: number },
  grossMinor: number,
): Refused | null {
  const { creditLimitMinor: limit, creditFirst } = account;
  if (limit === null || !creditFirst || owedMinor + grossMinor <= limit) return null;
  const message =
    'With this order more would be open than the credit limit of the account allows. Pay the open invoices, or order less.';
  return refused('CREDIT_LIMIT', message, ['quantity']);
}
