import type { Feature } from '../api/feature';
import { PriceResolver } from './price.resolver';
import {
  loadPurchaseNode,
  PurchaseDayPassesPayloadResolver,
  PurchaseDayPassesResolver,
  PurchaseResolver,
} from './purchase.resolver';
import { PurchasesResolver } from './purchases.resolver';

/** Prices and purchases. */
export const purchasesFeature: Feature = {
  resolvers: [
    PurchaseDayPassesResolver,
    PurchaseDayPassesPayloadResolver,
    PurchaseResolver,
    PurchasesResolver,
    PriceResolver,
  ],
  nodes: { DayPassPurchase: loadPurchaseNode },
  tasks: {},
  followers: [],
};
