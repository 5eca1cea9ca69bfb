import type { Actor, Ledger } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';

/*
 * Who may add passes to an account. Only the operator adds passes to an account that the operator
 * bills; nobody adds passes to a closed account. Judged under the account's lock, so that a change
 * of the mode is effective from its commit on.
 */

/** Why nothing may be bought now; null if it may. */
export function judgeBuying({
  account,
}: {
  account: Pick<Ledger['account'], 'closedAtMs' | 'billingMode' | 'termsDays'>;
}): Refused | null {
  if (account.closedAtMs !== null) return closed();
  if (account.billingMode === 'UNBILLED' || account.termsDays !== null) return null;
  return refused(
    'NOT_PERMITTED',
    'The operator of the service sells the passes of this account. Ask the operator for more.',
  );
}

/** Why this actor may not grant passes now; null if it may. */
export function judgeGranting({ account }: Ledger, actor: Actor | null): Refused | null {
  if (account.closedAtMs !== null) return closed();
  if (account.billingMode === 'UNBILLED' || actor?.kind === 'OPERATOR') return null;
  return refused(
    'NOT_PERMITTED',
    'Only the operator of the service grants passes to this account. Ask the operator.',
  );
}

/** Why no pass may be used now; null if one may. */
export function judgeUsing({ account }: Ledger): Refused | null {
  if (account.closedAtMs === null) return null;
  return refused(
    'ACCOUNT_CLOSED',
    'The operator has closed the account. No more day passes can be used.',
  );
}

export function closed(): Refused {
  return refused(
    'NOT_PERMITTED',
    'The operator has closed the account. No more day passes can be added.',
  );
}
