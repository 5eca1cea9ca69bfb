import type { ClassType } from 'type-graphql';
import type { EntryKind } from '../../ledger/entries/entry-kinds';
import { OtherDayPassEvent } from './event.type';
import { DayPassConsumed, ConsumedResolver } from './kinds/day-pass-consumed';
import { DayPassExpired, ExpiredResolver } from './kinds/day-pass-expired';
import { DayPassLotExpired } from './kinds/day-pass-lot-expired';
import { DayPassOrderCanceled, OrderCanceledResolver } from './kinds/day-pass-order-canceled';
import {
  DayPassOrderPaid,
  OrderPaidResolver,
  OrderReceivedResolver,
} from './kinds/day-pass-order-paid';
import { DayPassOrderPlaced, OrderPlacedResolver } from './kinds/day-pass-order-placed';
import { DayPassReversed, ReversedResolver } from './kinds/day-pass-reversed';
import { DayPassWalletEmpty } from './kinds/day-pass-wallet-empty';
import { DayPassWalletLow } from './kinds/day-pass-wallet-low';
import { DayPassesGranted, GrantedResolver } from './kinds/day-passes-granted';
import { DayPassesPurchased, PurchasedResolver } from './kinds/day-passes-purchased';
import { InvoiceIssued, InvoiceIssuedResolver } from './kinds/invoice-issued';

/** The API's part of each kind of entry: its type, which has the kind's name, and its own fields. */
const eventKinds: Readonly<Record<EntryKind, EventKind>> = {
  DayPassConsumed: { type: DayPassConsumed, resolvers: [ConsumedResolver] },
  DayPassExpired: { type: DayPassExpired, resolvers: [ExpiredResolver] },
  DayPassLotExpired: { type: DayPassLotExpired, resolvers: [] },
  DayPassOrderCanceled: { type: DayPassOrderCanceled, resolvers: [OrderCanceledResolver] },
  DayPassOrderPaid: {
    type: DayPassOrderPaid,
    resolvers: [OrderPaidResolver, OrderReceivedResolver],
  },
  DayPassOrderPlaced: { type: DayPassOrderPlaced, resolvers: [OrderPlacedResolver] },
  DayPassReversed: { type: DayPassReversed, resolvers: [ReversedResolver] },
  DayPassWalletEmpty: { type: DayPassWalletEmpty, resolvers: [] },
  DayPassWalletLow: { type: DayPassWalletLow, resolvers: [] },
  DayPassesGranted: { type: DayPassesGranted, resolvers: [GrantedResolver] },
  DayPassesPurchased: { type: DayPassesPurchased, resolvers: [PurchasedResolver] },
  InvoiceIssued: { type: InvoiceIssued, resolvers: [InvoiceIssuedResolver] },
};

interface EventKind {
  type: ClassType;
  resolvers: readonly (new () => object)[];
}

/** Every type of event, so that the schema holds those that no field names. */
export const eventTypes = [...Object.values(eventKinds).map(({ type }) => type), OtherDayPassEvent];

export const eventKindResolvers = Object.values(eventKinds).flatMap(({ resolvers }) => resolvers);
