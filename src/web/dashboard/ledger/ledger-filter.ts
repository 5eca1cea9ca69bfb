import { dateAfter } from '../../format/calendar';
import { startOfDate } from '../../format/zone';
import type {
  DayPassConsumptionFilter,
  DayPassConsumptionOrderField,
  DayPassSource,
  DayPassStatus,
  LedgerNewsPassFragment,
} from '../../generated/app';
import type { Sorting } from '../../ui/data-table';
import { words } from '../../words';
import { textOf } from '../../words/text-of';

/** The filter of the list of consumptions, in the address. */
export const filterNames = ['agent', 'client', 'source', 'status', 'from', 'to'] as const;
export type FilterName = (typeof filterNames)[number];
export type LedgerFilter = Partial<Record<FilterName, string>>;

export type LedgerSorting = Sorting<DayPassConsumptionOrderField>;

const newestFirst: LedgerSorting = { field: 'STARTS_AT', direction: 'DESC' };

export function readFilter(address: URLSearchParams): LedgerFilter {
  const filter: LedgerFilter = {};
  for (const name of filterNames) {
    const value = address.get(name);
    if (value) filter[name] = value;
  }
  // Anybody may have typed the address: unknown values are ignored.
  if (!textOf(words.ledger.source, filter.source ?? '')) delete filter.source;
  if (!textOf(words.ledger.status, filter.status ?? '')) delete filter.status;
  return filter;
}

export function readSorting(address: URLSearchParams): LedgerSorting {
  const [field, direction] = (address.get('sort') ?? '').split('.');
  if (field !== 'STARTS_AT' && field !== 'EXPIRES_AT') return newestFirst;
  return { field, direction: direction === 'ASC' ? 'ASC' : 'DESC' };
}

/** The order's text in the address; null for the usual order. */
export function writeSorting({ field, direction }: LedgerSorting): string | null {
  const isUsual = field === newestFirst.field && direction === newestFirst.direction;
  return isUsual ? null : `${field}.${direction}`;
}

/** The filter for the API. Dates are the account's, and both are included. */
export function toInput(filter: LedgerFilter, timeZone: string): DayPassConsumptionFilter {
  const after = filter.to && dateAfter(filter.to);
  return {
    agentId: filter.agent,
    clientId: filter.client,
    source: filter.source as DayPassSource | undefined,
    status: filter.status as DayPassStatus | undefined,
    from: filter.from && startOfDate(filter.from, timeZone),
    to: after && startOfDate(after, timeZone),
  };
}

/** Whether a new consumption matches the filter. */
export function isListed(pass: LedgerNewsPassFragment, filter: DayPassConsumptionFilter): boolean {
  const { agentId, clientId, source, status, from, to } = filter;
  const startedMs = Date.parse(pass.startsAt);
  return (
    (!agentId || pass.agent.id === agentId) &&
    (!clientId || pass.client?.id === clientId) &&
    (!source || pass.source === source) &&
    (!status || pass.status === status) &&
    (!from || startedMs >= Date.parse(from)) &&
    (!to || startedMs < Date.parse(to))
  );
}
