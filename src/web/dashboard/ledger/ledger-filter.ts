import { dateAfter } from '../../format/calendar';
import { startOfDate } from '../../format/zone';
import type {
  DayPassConsumptionFilter,
  DayPassConsumptionOrderField,
  DayPassEventFilter,
  DayPassSource,
  DayPassStatus,
  LedgerNewsPassFragment,
} from '../../generated/app';
import type { Sorting } from '../../ui/data-table';
import { words } from '../../words';
import { textOf } from '../../words/text-of';

/** The filters of both lists, in the address: dates are for both, `kind` is for movements. */
export const filterNames = ['agent', 'client', 'source', 'status', 'kind', 'from', 'to'] as const;
export const consumptionFilterNames = filterNames.filter((name) => name !== 'kind');
export const movementFilterNames = ['kind', 'from', 'to'] as const;
export type FilterName = (typeof filterNames)[number];
export type LedgerFilter = Partial<Record<FilterName, string>>;

export type LedgerSorting = Sorting<DayPassConsumptionOrderField>;

const newestFirst: LedgerSorting = { field: 'STARTS_AT', direction: 'DESC' };

/** The filter as far as a list knows it; what only the other list knows stays in the address. */
export function readFilter(
  address: URLSearchParams,
  names: readonly FilterName[] = filterNames,
): LedgerFilter {
  const filter: LedgerFilter = {};
  for (const name of names) {
    const value = address.get(name);
    if (value) filter[name] = value;
  }
  // Anybody may have typed the address: unknown values are ignored.
  if (!textOf(words.ledger.source, filter.source ?? '')) delete filter.source;
  if (!textOf(words.ledger.status, filter.status ?? '')) delete filter.status;
  if (!textOf(words.ledger.kind, filter.kind ?? '')) delete filter.kind;
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

/** The filter of consumptions for the API. */
export function toInput(filter: LedgerFilter, timeZone: string): DayPassConsumptionFilter {
  return {
    agentId: filter.agent,
    clientId: filter.client,
    source: filter.source as DayPassSource | undefined,
    status: filter.status as DayPassStatus | undefined,
    ...timesOf(filter, timeZone),
  };
}

/** The filter of movements for the API. */
export function toEventInput(
  { kind, ...filter }: LedgerFilter,
  timeZone: string,
): DayPassEventFilter {
  return { kinds: kind ? [kind] : undefined, ...timesOf(filter, timeZone) };
}

/** Dates are the account's, and both are included. */
function timesOf({ from, to }: LedgerFilter, timeZone: string) {
  const after = to && dateAfter(to);
  return {
    from: from && startOfDate(from, timeZone),
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
