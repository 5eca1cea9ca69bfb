import type { Feature } from '../api/feature';
import { GrantDayPassesPayloadResolver, GrantResolver } from './grant.resolver';
import { UpdateDayPassWalletPayloadResolver, UpdateWalletResolver } from './update-wallet.resolver';
import { loadWalletNode, WalletResolver } from './wallet.resolver';

/** The unused passes. */
export const walletsFeature: Feature = {
  resolvers: [
    WalletResolver,
    GrantResolver,
    GrantDayPassesPayloadResolver,
    UpdateWalletResolver,
    UpdateDayPassWalletPayloadResolver,
  ],
  nodes: { DayPassWallet: loadWalletNode },
  tasks: {},
  followers: [],
};
