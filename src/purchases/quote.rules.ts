import type { AccountRow } from '../db/tables/account';
import type { DayPassPriceRow } from '../db/tables/day-pass-price';
import { priceFor } from '../ledger/books/price.rules';
import { creditMax } from '../ledger/books/grant';
import { judgePurchase } from '../ledger/books/purchase.rules';
import { taxTotals, taxTreatment, type TaxedTotals } from '../ledger/books/tax.rules';
import type { PurchasePrice } from '../ledger/model/ledger';
import { refused, type Refused } from '../ledger/model/outcome';
import type { TaxTerms } from './quote.queries';

type Price = Pick<
  DayPassPriceRow,
  'minimumQuantity' | 'packSize' | 'unitPriceMinor' | 'currency' | 'validFrom' | 'validTo'
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
  account,
  wallet,
  prices,
  terms,
  nowMs,
}: {
  quantity: number;
  account: Pick<AccountRow, 'currency' | 'billingMode' | 'closedAt' | 'termsDays'>;
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
  const closedAtMs = account.closedAt?.getTime() ?? null;
  const judged = { account: { ...account, closedAtMs }, quantity, price };
  return {
    quantity,
    currency: account.currency,
    packSize: price?.packSize ?? 1,
    price: price && {
      unitPriceMinor: price.unitPriceMinor,
      ...taxTotals([
        { netMinor: price.unitPriceMinor * quantity, treatment: treatmentOf(terms, nowMs) },
      ]),
    },
    nextTier: isInRange ? nextTierAfter(quantity, listed, nowMs) : null,
    refusal: wallet ? judgePurchase({ ...judged, wallet }) : noWallet(),
  };
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

/** Null if it cannot be decided yet: the tax is not included then. */
function treatmentOf(terms: TaxTerms | null, nowMs: number) {
  if (!terms?.seller || !terms.buyer) return null;
  const { seller, buyer, rates } = terms;
  const { party, taxRegistrations: registrations, exemptionNote } = seller;
  return taxTreatment({
    seller: { country: party.country, vatId: party.vatId, registrations, exemptionNote },
    // Only companies with a service desk have an account.
    buyer: { country: buyer.country, vatId: buyer.vatId, isBusiness: true },
    rates,
    nowMs,
  });
}

function noWallet(): Refused {
  return refused('NOT_FOUND', 'The account has no wallet with this id. Check the id.', [
    'walletId',
  ]);
}
