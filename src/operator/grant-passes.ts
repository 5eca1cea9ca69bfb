import { findAccountBySlug } from '../accounts/account.queries';
import { refuseTexts } from '../api/input.rules';
import { newId } from '../core/ids';
import { ledgerOf, OperatorRefusal, operatorActor, type OperatorServices } from './operator';

export interface GivenGrant {
  account: string;
  quantity: number;
  reason: string;
  /** Null: they do not end. */
  expires: Date | null;
  idempotencyKey: string;
}

/**
 * Adds passes to an account's own wallet, whether it is billed or not. The same idempotency key
 * again returns the same result and adds nothing. Throws an OperatorRefusal.
 */
export async function grantPasses(
  on: OperatorServices,
  grant: GivenGrant,
): Promise<{ balance: number; replayed: boolean }> {
  const { account: slug, quantity, reason, expires, idempotencyKey: key } = grant;
  const invalid = refuseTexts({ reason: [reason, 500], idempotencyKey: [key, 200] });
  if (invalid) throw new OperatorRefusal(invalid.field![0]!, invalid.message);
  const account = await findAccountBySlug(on.source, slug);
  if (!account) throw new OperatorRefusal('account', `there is no account ${slug}`);
  const expiresAtMs = expires?.getTime() ?? null;
  // The operator's, so that a key that an admin used before for the same grant is not its replay.
  const meant = [operatorActor.kind, quantity, reason, expiresAtMs];
  const outcome = await ledgerOf(on, account.id).submit<'grant'>({
    kind: 'grant',
    id: newId(),
    actor: operatorActor,
    audit: on.attribution,
    walletId: null,
    quantity,
    reason,
    expiresAtMs,
    key,
    keyInput: { meant, written: meant },
  });
  if (outcome.status === 'refused') {
    const field = outcome.field?.[0] ?? 'account';
    throw new OperatorRefusal(field === 'expiresAt' ? 'expires' : field, outcome.message);
  }
  const { wallet } = outcome.result;
  return { balance: wallet.balance, replayed: outcome.status === 'replayed' };
}
