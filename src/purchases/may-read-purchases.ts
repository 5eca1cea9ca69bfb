import type { RequestContext } from '../api/context';
import type { Right } from '../access/rights';
import { whenThere } from '../core/when-there';

/** For bookkeeping, for buying, and for the journal, which has all purchases. */
const rights: readonly Right[] = ['billing:read', 'passes:purchase', 'journal:read'];

/** Whether the caller may know at which prices passes were bought: any of the permissions is enough. */
export function mayReadPurchases({ permissions }: RequestContext): boolean | Promise<boolean> {
  const holdsFrom = (at: number): boolean | Promise<boolean> => {
    const right = rights[at];
    if (right === undefined) return false;
    return whenThere(permissions.has(right), (holds) => holds || holdsFrom(at + 1));
  };
  return holdsFrom(0);
}
