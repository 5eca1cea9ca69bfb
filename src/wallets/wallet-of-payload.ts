import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { findWallet } from './find-wallet';
import { WalletType } from './wallet.type';

interface WalletPayload {
  /** Null if the write was refused. */
  walletId: string | null;
}

/** Adds the field `wallet` to a payload: the wallet as it is after the write. */
export function walletOfPayload(payload: abstract new () => WalletPayload, description: string) {
  @Resolver(() => payload)
  class PayloadResolver {
    @FieldResolver(() => WalletType, { nullable: true, description })
    wallet(
      @Root() { walletId }: WalletPayload,
      @Ctx() context: RequestContext,
    ): WalletType | null | Promise<WalletType> {
      return walletId === null ? null : findWallet(context, walletId);
    }
  }
  return PayloadResolver;
}
