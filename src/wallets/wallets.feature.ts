import type { Feature } from '../api/feature';
import { GrantResolver } from './grant.resolver';
import { UpdateWalletResolver } from './update-wallet.resolver';
import { loadWalletNode, WalletResolver } from './wallet.resolver';

/** The unused passes. */
export const walletsFeature: Feature = {
  resolvers: [WalletResolver, GrantResolver, UpdateWalletResolver],
  nodes: { DayPassWallet: loadWalletNode },
  tasks: {},
  followers: [],
};
