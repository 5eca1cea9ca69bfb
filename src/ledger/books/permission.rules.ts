import { refused, type Refused } from '../commands';
import type { Actor, Ledger } from '../model/ledger';

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

/**
 * Why that emergency allowance may not be set; null where it may. One that was above the ceiling
 * before the account was billed stays, and is not refused where it comes again unchanged.
 */
export function judgeAllowance(
  { account }: Ledger,
  { present, asked }: { present: number; asked: number },
): Refused | null {
  const { billingMode, emergencyCeiling } = account;
  if (billingMode === 'UNBILLED' || asked <= emergencyCeiling || asked === present) return null;
  return refused(
    'NOT_PERMITTED',
    `The operator of the service permits an emergencyAllowance of at most ${emergencyCeiling}. Choose a lower one.`,
    ['emergencyAllowance'],
  );
}

function closed(): Refused {
  return refused(
    'NOT_PERMITTED',
    'The operator has closed the account. No more day passes can be added.',
  );
}
