import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { walletsById } from './wallet.queries';
import { toWallet, WalletType } from './wallet.type';

interface WalletPayload {
  /** Null if the write was refused. */
  walletId: string | null;
}

/** Adds the field `wallet` to a payload: the wallet as it is after the write. */
export function walletOfPayload(payload: abstract new () => WalletPayload, description: string) {
  @Resolver(() => payload)
  class PayloadResolver {
    @FieldResolver(() => WalletType, { nullable: true, description })
    async wallet(
      @Root() { walletId }: WalletPayload,
      @Ctx() context: RequestContext,
    ): Promise<WalletType | null> {
      return walletId === null
        ? null
        : toWallet(await context.reads.loadExisting(walletsById, walletId));
    }
  }
  return PayloadResolver;
}
