import type { AccountRow } from '../db/tables/account';
import type { DayPassPriceRow } from '../db/tables/day-pass-price';
import { priceFor } from '../ledger/books/price.rules';
import { judgePurchase } from '../ledger/books/purchase.rules';
import { taxTotals, taxTreatment, type TaxedTotals } from '../ledger/books/tax.rules';
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

/** More could not be counted exactly, and one purchase adds as many at the most. */
const quantityMax = 1_000_000;

export function quote({
  quantity,
  account,
  wallet,
  prices,
  terms,
  nowMs,
}: {
  quantity: number;
  account: Pick<AccountRow, 'currency' | 'billingMode' | 'closedAt'>;
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
  const isInRange = quantity >= 1 && quantity <= quantityMax;
  const price = isInRange ? priceFor(listed, { quantity, nowMs }) : null;
  const next = Math.min(
    ...listed
      .filter(({ validFromMs, validToMs: endMs }) => {
        return validFromMs <= nowMs && (endMs === null || nowMs < endMs);
      })
      .map(({ minimumQuantity }) => minimumQuantity)
      .filter((minimumQuantity) => minimumQuantity > quantity),
  );
  const nextTier = Number.isFinite(next) ? priceFor(listed, { quantity: next, nowMs }) : null;
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
    nextTier: isInRange ? nextTier : null,
    refusal: wallet ? judgePurchase({ ...judged, wallet }) : noWallet(),
  };
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
