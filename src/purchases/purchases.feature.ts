import type { Feature } from '../api/feature';
import { PriceResolver } from './price.resolver';
import {
  loadPurchaseNode,
  PurchaseDayPassesPayloadResolver,
  PurchaseDayPassesResolver,
  PurchaseResolver,
} from './purchase.resolver';
import { PurchasesResolver } from './purchases.resolver';
import { QuoteResolver } from './quote.resolver';

/** Prices, quotes and purchases. */
export const purchasesFeature: Feature = {
  resolvers: [
    PurchaseDayPassesResolver,
    PurchaseDayPassesPayloadResolver,
    PurchaseResolver,
    PurchasesResolver,
    PriceResolver,
    QuoteResolver,
  ],
  nodes: { DayPassPurchase: loadPurchaseNode },
  tasks: {},
  followers: [],
};
