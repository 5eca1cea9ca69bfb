import { useSearchParams } from 'react-router';
import { pageSize, type Paging } from '../../ui/paging';
import { filterNames } from './ledger-filter';

/** What of the page stands in its address, so that a reload, a bookmark and a colleague see the same. */
export interface LedgerAddress {
  params: URLSearchParams;
  paging: Paging;
  /** Another list: its first page is shown. */
  list(changes: Record<string, string | null>): void;
  /** Which consumption's details are open. */
  open(passId: string | null): void;
}

const pageNames = ['after', 'before'];

export function useLedgerAddress(): LedgerAddress {
  const [params, setParams] = useSearchParams();
  const change = (changes: Record<string, string | null>, options?: { replace: boolean }) =>
    setParams((present) => {
      const next = new URLSearchParams(present);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      return next;
    }, options);
  const after = params.get('after');
  const before = params.get('before');
  return {
    params,
    paging: {
      variables: after
        ? { first: pageSize, after }
        : before
          ? { last: pageSize, before }
          : { first: pageSize },
      go: (to) => change({ after: to.after ?? null, before: to.before ?? null }),
    },
    list: (changes) => change({ ...none(pageNames), ...changes }, { replace: true }),
    open: (passId) => change({ pass: passId }),
  };
}

/** What shows everything again. */
export const noFilter = none(filterNames);

function none(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}
