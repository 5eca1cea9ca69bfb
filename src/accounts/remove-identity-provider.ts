import type { DataSource } from 'typeorm';
import type { HintCarrier } from '../db/hints';
import { IdentityProviderRow } from '../db/tables/identity-provider';
import { writeState } from '../db/write-state';

/** Takes an identity provider away, with whom it meant by whom. Answers whether there was one. */
export function removeIdentityProvider(
  on: { source: DataSource; hints: Pick<HintCarrier, 'send'> },
  accountId: string,
  id: string,
): Promise<boolean> {
  return writeState(on, accountId, async (manager) => {
    const { affected } = await manager.delete(IdentityProviderRow, { accountId, id });
    if (!affected) return { result: false, changed: [] };
    return { result: true, changed: [{ kind: 'identityProvider', id }] };
  });
}
