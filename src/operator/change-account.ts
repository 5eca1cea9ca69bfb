import { findAccountBySlug } from '../accounts/account.queries';
import { updateAccount } from '../accounts/update-account';
import { newId } from '../core/ids';
import type { ChangeAccount } from '../ledger/access/change-account';
import { listPlans, readAccountSummary, type AccountSummary } from './account.queries';
import { checkTerms, type GivenTerms } from './account-terms.rules';
import { ledgerOf, OperatorRefusal, stateOf, type OperatorServices } from './operator';

type Change = Pick<ChangeAccount, 'billingMode' | 'isClosed'> &
  Pick<GivenTerms, 'name' | 'plan' | 'timeZone' | 'emergencyCeiling'>;

/**
 * Changes an account's terms, closes it or opens it again; values that are left out stay. Returns
 * the account after that. Values that the ledger decides by are changed under the account's lock.
 * Throws an OperatorRefusal.
 */
export async function changeAccount(
  on: OperatorServices,
  slug: string,
  change: Change,
): Promise<AccountSummary> {
  const account = await findAccountBySlug(on.source, slug);
  if (!account) throw new OperatorRefusal('slug', `there is no account ${slug}`);
  const { id: accountId, testClockOffsetMs } = account;
  const checked = checkTerms(change, await listPlans(on.source));
  const { name = null, timeZone = null, ...terms } = checked;
  const audit = on.attribution;
  if (Object.values<unknown>(terms).some((value) => value !== undefined)) {
    const outcome = await ledgerOf(on, accountId).submit<'change-account'>({
      kind: 'change-account',
      id: newId(),
      ...terms,
      audit,
    });
    if (outcome.status === 'refused') {
      throw new OperatorRefusal(outcome.field?.[0] ?? 'slug', outcome.message);
    }
  }
  if (name !== null || timeZone !== null) {
    const settings = { name, timeZone, emailNotificationsEnabled: null, allowSessionConsume: null };
    const act = { attribution: audit, nowMs: on.clock.nowMs() + testClockOffsetMs };
    await updateAccount(stateOf(on, accountId), settings, act);
  }
  return readAccountSummary(on.source, slug);
}
