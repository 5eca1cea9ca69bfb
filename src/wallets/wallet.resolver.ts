import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { NodeLoader, RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { clientsById } from '../clients/client.queries';
import { ClientType, toClient } from '../clients/client.type';
import { listWallets, ownWallet, walletsById } from './wallet.queries';
import { toWallet, WalletType } from './wallet.type';

@Resolver(() => WalletType)
export class WalletResolver {
  @Query(() => WalletType, {
    nullable: true,
    description:
      "The account's own wallet, or the wallet with the given id; null if the account has no wallet with this id. For active agents; an API key needs the scope wallet:read.",
  })
  async dayPassWallet(
    @Arg('id', () => ID, {
      nullable: true,
      description: "The id of the wallet. Default: the account's own wallet.",
    })
    id: string | null,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    if (id != null) return loadWalletNode(context, rowIdOrNone('DayPassWallet', id));
    await context.permissions.require('wallet:read');
    const row = await ownWallet(context.account.scope);
    return row && toWallet(row);
  }

  @Query(() => [WalletType], {
    nullable: true,
    description:
      "All wallets of the account: first the account's own, then those of clients, by name. For active agents; an API key needs the scope wallet:read.",
  })
  async dayPassWallets(@Ctx() context: RequestContext): Promise<WalletType[]> {
    await context.permissions.require('wallet:read');
    return (await listWallets(context.account.scope)).map(toWallet);
  }

  @FieldResolver(() => ClientType, {
    nullable: true,
    description: "The client whose tickets this wallet serves; null for the account's own wallet.",
  })
  async client(
    @Root() { clientId }: WalletType,
    @Ctx() context: RequestContext,
  ): Promise<ClientType | null> {
    return clientId === null
      ? null
      : toClient(await context.reads.loadExisting(clientsById, clientId));
  }
}

export const loadWalletNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('wallet:read');
  const row = await context.reads.load(walletsById, rowId);
  return row && toWallet(row);
};
