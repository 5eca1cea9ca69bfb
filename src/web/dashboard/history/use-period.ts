import { useViewer } from '../../session/viewer';
import { useParameters } from '../../ui/use-parameters';
import { readFilter, toInput, type LedgerFilter } from '../ledger/ledger-filter';

/** The period of a history, from the address, and the consumptions of it that belong to somebody. */
export function usePeriod(of: Pick<LedgerFilter, 'agent' | 'client'>) {
  const { get, set } = useParameters();
  const { timeZone } = useViewer().account;
  const address = new URLSearchParams({ from: get('from') ?? '', to: get('to') ?? '' });
  const period = readFilter(address, ['from', 'to']);
  return { period, set, filter: toInput({ ...of, ...period }, timeZone) };
}

/** The ledger with the same passes, which can be exported and printed. */
export function ledgerOf(wanted: LedgerFilter): string {
  return `/admin/ledger?${new URLSearchParams(wanted).toString()}`;
}
