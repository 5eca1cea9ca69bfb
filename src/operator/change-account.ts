import { findAccountBySlug } from '../accounts/account.queries';
import { updateAccount } from '../accounts/update-account';
import { newId } from '../core/ids';
import { parseMinor } from '../core/money';
import type { ChangeAccount } from '../ledger/access/change-account';
import { listPlans, readAccountSummary, type AccountSummary } from './account.queries';
import { checkTerms, type GivenTerms } from './account-terms.rules';
import { ledgerOf, OperatorRefusal, stateOf, type OperatorServices } from './operator';

type Change = Pick<
  ChangeAccount,
  'billingMode' | 'isClosed' | 'termsDays' | 'creditFirst' | 'isOnHold'
> &
  Pick<GivenTerms, 'name' | 'plan' | 'timeZone' | 'emergencyCeiling'> & {
    /** A decimal in the account's currency; null: no limit. */
    creditLimit?: string | null;
  };

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
  const { id: accountId, currency, testClockOffsetMs } = account;
  const checked = checkTerms(change, await listPlans(on.source));
  const { name, timeZone, creditLimit, ...given } = checked;
  const terms = { ...given, creditLimitMinor: limitOf(creditLimit, currency) };
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
  if (name !== undefined || timeZone !== undefined) {
    const act = { attribution: audit, nowMs: on.clock.nowMs() + testClockOffsetMs };
    await updateAccount(stateOf(on, accountId), { name, timeZone }, act);
  }
  return readAccountSummary(on.source, slug);
}

function limitOf(creditLimit: string | null | undefined, currency: string) {
  if (creditLimit === undefined || creditLimit === null) return creditLimit;
  const minor = parseMinor(creditLimit, currency);
  if (minor !== null && minor >= 0) return minor;
  const message = `${creditLimit} is not an amount in ${currency}, e.g. 5000`;
  throw new OperatorRefusal('creditLimit', message);
}
