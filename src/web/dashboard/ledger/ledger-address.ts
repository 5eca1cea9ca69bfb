import { useSearchParams } from 'react-router';
import { pageSizeOf } from '../../ui/page-size';
import type { Paging } from '../../ui/paging';
import { changeParameters } from '../../ui/use-parameters';
import { useStable } from '../../ui/use-stable';
import { filterNames } from './ledger-filter';

/** The page's state in its address, so that a reload, a bookmark and a colleague see the same. */
export interface LedgerAddress {
  params: URLSearchParams;
  paging: Paging;
  /** Rows of one page. */
  size: number;
  /** Changes the list, and goes to its first page. The same function at each drawing. */
  list: (changes: Record<string, string | null>) => void;
  /** Opens a consumption's details; null closes them. The same function at each drawing. */
  open: (passId: string | null) => void;
}

const pageNames = ['after', 'before'];

export function useLedgerAddress(): LedgerAddress {
  const [params, setParams] = useSearchParams();
  const change = changeParameters(setParams);
  const after = params.get('after');
  const before = params.get('before');
  const size = pageSizeOf(params.get('size'));
  return {
    params,
    size,
    paging: {
      variables: after ? { first: size, after } : before ? { last: size, before } : { first: size },
      go: (to) => change({ after: to.after ?? null, before: to.before ?? null }),
    },
    list: useStable((changes) => change({ ...none(pageNames), ...changes }, { replace: true })),
    open: useStable((passId) => change({ pass: passId })),
  };
}

/** The changes that clear the filters. */
export const noFilter = none(filterNames);

function none(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}
