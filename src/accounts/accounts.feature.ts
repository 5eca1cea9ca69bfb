import type { Feature } from '../api/feature';
import { AccountResolver, loadAccountNode } from './account.resolver';
import { AdvanceTestClockResolver } from './advance-test-clock.resolver';
import { BillingResolver, UpdateBillingResolver } from './billing.resolver';
import { ChangeIdentityProviderResolver } from './change-identity-provider.resolver';
import { IdentityProviderResolver, loadIdentityProviderNode } from './identity-provider.resolver';
import { UpdateAccountResolver } from './update-account.resolver';
import { AccountZoneResolver, ZoneResolver } from './zone.resolver';

/** The account, its settings and its identity providers. */
export const accountsFeature: Feature = {
  resolvers: [
    AccountResolver,
    ZoneResolver,
    AccountZoneResolver,
    AdvanceTestClockResolver,
    UpdateAccountResolver,
    BillingResolver,
    UpdateBillingResolver,
    IdentityProviderResolver,
    ChangeIdentityProviderResolver,
  ],
  nodes: { Account: loadAccountNode, IdentityProvider: loadIdentityProviderNode },
  tasks: {},
  followers: [],
};
