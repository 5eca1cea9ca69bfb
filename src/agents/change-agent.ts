import { newId } from '../core/ids';
import type { AccountLedger } from '../ledger/account-ledger';
import type { ChangeAgent } from '../ledger/access/change-agent';
import type { Outcome } from '../ledger/commands';

/**
 * Changes an agent's access, under the account's lock, so that no pass is used with access that was
 * withdrawn. Refusals: NOT_FOUND, LAST_ADMIN, VALIDATION_FAILED. Throws FORBIDDEN for a key that
 * changes the access of an account admin.
 */
export function changeAgent(
  ledger: AccountLedger,
  change: Omit<ChangeAgent, 'kind' | 'id'>,
): Promise<Outcome<'change-agent'>> {
  return ledger.submit({ kind: 'change-agent', id: newId(), ...change });
}
