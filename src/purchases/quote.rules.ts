import type { AccountRow } from '../db/tables/account';
import type { DayPassPriceRow } from '../db/tables/day-pass-price';
import { priceFor } from '../ledger/books/price.rules';
import { creditMax } from '../ledger/books/grant';
import { judgeLimit, judgeOrdering } from '../ledger/books/ordering.rules';
import { judgeBuying } from '../ledger/books/permission.rules';
import { judgeMethod, judgePurchase, type PaymentMethod } from '../ledger/books/purchase.rules';
import { saleTax } from '../ledger/books/sale-tax.rules';
import { taxTotals, type TaxedTotals } from '../ledger/books/tax.rules';
import type { PurchasePrice } from '../ledger/model/ledger';
import { refused, type Refused } from '../ledger/model/outcome';
import type { TaxTerms } from './quote.queries';

type Price = Pick<
  DayPassPriceRow,
  'minimumQuantity' | 'packSize' | 'unitPriceMinor' | 'currency' | 'validFrom' | 'validTo'
>;

type QuotedAccount = Pick<
  AccountRow,
  | 'currency'
  | 'billingMode'
  | 'closedAt'
  | 'termsDays'
  | 'holdSince'
  | 'creditFirst'
  | 'creditLimitMinor'
>;

/** What a quantity of passes would cost. */
export interface Quote {
  quantity: number;
  currency: string;
  packSize: number;
  /** Null if no price applies. */
  price: (TaxedTotals & { unitPriceMinor: number }) | null;
  nextTier: { minimumQuantity: number; unitPriceMinor: number } | null;
  refusal: Refused | null;
}

export function quote({
  quantity,
  paymentMethod = null,
  account,
  wallet,
  prices,
  terms,
  nowMs,
}: {
  quantity: number;
  /** Null: the one that the account has. */
  paymentMethod?: PaymentMethod | null;
  account: QuotedAccount;
  /** Null if the account has no such wallet. */
  wallet: { balance: number } | null;
  /** Those of the account's plan and currency. */
  prices: readonly Price[];
  /** Null for an account that is not billed: nothing is owed, so nothing is taxed. */
  terms: TaxTerms | null;
  nowMs: number;
}): Quote {
  const listed = prices.map(({ validFrom, validTo, ...price }) => ({
    ...price,
    validFromMs: validFrom.getTime(),
    validToMs: validTo?.getTime() ?? null,
  }));
  const isInRange = quantity >= 1 && quantity <= creditMax;
  const price = isInRange ? priceFor(listed, { quantity, nowMs }) : null;
  const priced = price && {
    unitPriceMinor: price.unitPriceMinor,
    ...taxTotals([{ netMinor: price.unitPriceMinor * quantity, treatment: saleTax(terms, nowMs) }]),
  };
  return {
    quantity,
    currency: account.currency,
    packSize: price?.packSize ?? 1,
    price: priced,
    nextTier: isInRange ? nextTierAfter(quantity, listed, nowMs) : null,
    refusal: wallet
      ? judge(account, {
          ...{ wallet, quantity, paymentMethod, price, terms },
          grossMinor: priced?.grossMinor ?? 0,
        })
      : noWallet(),
  };
}

/** As the ledger judges a purchase. */
function judge(
  { closedAt, holdSince, ...terms }: QuotedAccount,
  wanted: {
    wallet: { balance: number };
    quantity: number;
    paymentMethod: PaymentMethod | null;
    price: PurchasePrice | null;
    terms: TaxTerms | null;
    grossMinor: number;
  },
): Refused | null {
  const account = {
    ...terms,
    closedAtMs: closedAt?.getTime() ?? null,
    holdSinceMs: holdSince?.getTime() ?? null,
  };
  const buying = judgeBuying({ account }) ?? judgeMethod(account, wanted.paymentMethod);
  if (buying) return buying;
  if (account.billingMode === 'UNBILLED') return judgePurchase({ account, ...wanted });
  const owedMinor = wanted.terms?.owedMinor ?? 0;
  return (
    judgeOrdering({ account, ...wanted, invoicing: wanted.terms }) ??
    judgeLimit({ account, owedMinor }, wanted.grossMinor)
  );
}

/** The smallest larger quantity that can be bought at another tier's price. */
function nextTierAfter(
  quantity: number,
  prices: readonly PurchasePrice[],
  nowMs: number,
): Quote['nextTier'] {
  const valid = prices.filter(({ validFromMs, validToMs }) => {
    return validFromMs <= nowMs && (validToMs === null || nowMs < validToMs);
  });
  const larger = valid
    .filter(({ minimumQuantity }) => minimumQuantity > quantity)
    // A tier may begin between two packs.
    .map(({ minimumQuantity, packSize }) => Math.ceil(minimumQuantity / packSize) * packSize)
    .sort((a, b) => a - b);
  for (const minimumQuantity of larger) {
    const price = priceFor(valid, { quantity: minimumQuantity, nowMs });
    const canBeBought = price && minimumQuantity % price.packSize === 0;
    if (canBeBought && minimumQuantity <= creditMax) {
      return { minimumQuantity, unitPriceMinor: price.unitPriceMinor };
    }
  }
  return null;
}

function noWallet(): Refused {
  return refused('NOT_FOUND', 'The account has no wallet with this id. Check the id.', [
    'walletId',
  ]);
}
