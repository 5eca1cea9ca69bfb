import type { Actor, Ledger } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';

/*
 * Who may bring passes into an account. An account that the operator bills gets them from the operator
 * alone; a closed one from nobody. Judged under the account's lock, so that a switch of the mode counts
 * from its commit on.
 */

/** Why nothing may be bought now; null where it may. */
export function judgeBuying({ account }: Ledger): Refused | null {
  if (account.closedAtMs !== null) return closed();
  if (account.billingMode === 'UNBILLED') return null;
  return refused(
    'NOT_PERMITTED',
    'The operator of the service sells the passes of this account. Ask the operator for more.',
  );
}

/** Why that actor may not grant passes now; null where it may. */
export function judgeGranting({ account }: Ledger, actor: Actor | null): Refused | null {
  if (account.closedAtMs !== null) return closed();
  if (account.billingMode === 'UNBILLED' || actor?.kind === 'OPERATOR') return null;
  return refused(
    'NOT_PERMITTED',
    'Only the operator of the service grants passes to this account. Ask the operator.',
  );
}

/** Why no pass may be used any more; null where one may. */
export function judgeUsing({ account }: Ledger): Refused | null {
  if (account.closedAtMs === null) return null;
  return refused(
    'ACCOUNT_CLOSED',
    'The operator has closed the account. No more day passes can be used.',
  );
}

function closed(): Refused {
  return refused(
    'NOT_PERMITTED',
    'The operator has closed the account. No more day passes can be added.',
  );
}
