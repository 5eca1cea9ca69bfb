import { useMemo } from 'react';
import { useViewer } from '../../session/viewer';
import { useParameters } from '../../ui/use-parameters';
import { readFilter, toInput, type LedgerFilter } from '../ledger/ledger-filter';

/** What an address asks for: a history, and its period. */
export function readHistory(
  of: Pick<LedgerFilter, 'agent' | 'client'>,
  given: URLSearchParams,
  timeZone: string,
) {
  return toInput({ ...of, ...readFilter(given, ['from', 'to']) }, timeZone);
}

/** The period of a history, from the address, and the consumptions of it that belong to somebody. */
export function usePeriod(of: Pick<LedgerFilter, 'agent' | 'client'>) {
  const { get, set } = useParameters();
  const { timeZone } = useViewer().account;
  const from = get('from') ?? '';
  const to = get('to') ?? '';
  const { agent, client } = of;
  // The same objects until the address changes, so that an answer draws its own part only.
  const period = useMemo(
    () => readFilter(new URLSearchParams({ from, to }), ['from', 'to']),
    [from, to],
  );
  const filter = useMemo(
    () => toInput({ agent, client, ...period }, timeZone),
    [agent, client, period, timeZone],
  );
  return { period, set, filter };
}

/** The ledger with the same passes, which can be exported and printed. */
export function ledgerOf(wanted: LedgerFilter): string {
  return `/admin/ledger?${new URLSearchParams(wanted).toString()}`;
}
