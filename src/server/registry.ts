import type { NonEmptyArray } from 'type-graphql';
import { AccountResolver } from '../accounts/account.resolver';
import { ConsumeResolver } from '../passes/consume.resolver';
import { ConsumptionResolver } from '../passes/consumption.resolver';
import {
  ConsumedResolver,
  EventResolver,
  ExpiredResolver,
  GrantedResolver,
} from '../passes/event.resolver';
import { eventTypes } from '../passes/event.type';
import { PassSubscriptions } from '../passes/passes.subscriptions';
import {
  DayPassRequiredResolver,
  PortalAccessGrantedResolver,
} from '../passes/portal-access.resolver';
import { ViewerResolver } from '../passes/viewer.resolver';
import { GrantResolver } from '../wallets/grant.resolver';

/** Every resolver of every feature, in one list. */
export const resolvers: NonEmptyArray<new () => object> = [
  AccountResolver,
  GrantResolver,
  ViewerResolver,
  PortalAccessGrantedResolver,
  DayPassRequiredResolver,
  ConsumptionResolver,
  ConsumeResolver,
  EventResolver,
  GrantedResolver,
  ConsumedResolver,
  ExpiredResolver,
  PassSubscriptions,
];

/** Types that no field names: kinds of an interface. */
export const orphanedTypes = [...eventTypes];
