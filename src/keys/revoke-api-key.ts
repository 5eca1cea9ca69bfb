import type { Attribution } from '../access/audit';
import { newId } from '../core/ids';
import type { AccountLedger } from '../ledger/account-ledger';
import type { Outcome } from '../ledger/commands';

/**
 * Ends a key at the database's instant `atMs`, under the account's lock, so that it uses no pass
 * afterwards; its sockets and streams end on every process. A key that has ended gets the same
 * answer. Refusals: NOT_FOUND.
 */
export function revokeApiKey(
  ledger: AccountLedger,
  { apiKeyId, atMs, audit }: { apiKeyId: string; atMs: number; audit: Attribution },
): Promise<Outcome<'revoke-key'>> {
  return ledger.submit({ kind: 'revoke-key', id: newId(), apiKeyId, atMs, audit });
}
