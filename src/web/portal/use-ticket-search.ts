import { useSearchParams } from 'react-router';
import type { TicketFilter, TicketOrderField, TicketStatus } from '../generated/app';
import type { Sorting } from '../ui/data-table';
import { pageSize, type PageVariables, type Paging } from '../ui/paging';
import { changeParameters } from '../ui/use-parameters';
import { words } from '../words';

/** The search and the filters, as the address holds them; '' if the address has no value. */
export interface TicketSearch {
  q: string;
  status: TicketStatus | '';
  assignee: 'me' | 'nobody' | '';
  client: string;
  /** Only tickets of the clients for which the agent works. */
  of: 'my-clients' | '';
}

const fields: readonly string[] = [
  'NUMBER',
  'CREATED_AT',
  'UPDATED_AT',
] satisfies TicketOrderField[];

/**
 * The search, filters, order and page of the list of tickets. All of it is in the address, so that a
 * reload, a link and the way back from a ticket show the same list.
 */
export function useTicketSearch(myId: string | undefined) {
  const [params, setParams] = useSearchParams();
  const search = readSearch(params);
  const sorting = readSorting(params);
  const page = readPage(params);

  const change = changeParameters(setParams);
  const put = (values: Record<string, string | undefined>) => change(values, { replace: true });
  // Another list starts at its first page.
  const firstPage = { after: undefined, before: undefined };
  const paging: Paging = {
    variables: page,
    go: ({ after, before }) => put({ after, before }),
  };
  return {
    search,
    sorting,
    paging,
    isFiltered: Object.values(search).some(Boolean),
    filter: filterOf(search, myId),
    change: (changes: Partial<TicketSearch>) => put({ ...changes, ...firstPage }),
    sort: ({ field, direction }: Sorting<TicketOrderField>) =>
      put({ sort: field, direction, ...firstPage }),
    clear: () => setParams({}, { replace: true }),
  };
}

function readSearch(params: URLSearchParams): TicketSearch {
  const status = params.get('status') ?? '';
  return {
    q: params.get('q') ?? '',
    // Anybody may have written the address.
    status: Object.hasOwn(words.portal.status, status) ? (status as TicketStatus) : '',
    assignee: oneOf(['me', 'nobody'] as const, params.get('assignee')),
    client: params.get('client') ?? '',
    of: oneOf(['my-clients'] as const, params.get('of')),
  };
}

function oneOf<Value extends string>(values: readonly Value[], text: string | null): Value | '' {
  return values.find((value) => value === text) ?? '';
}

function readSorting(params: URLSearchParams): Sorting<TicketOrderField> {
  const field = params.get('sort') ?? '';
  return {
    field: fields.includes(field) ? (field as TicketOrderField) : 'NUMBER',
    direction: params.get('direction') === 'ASC' ? 'ASC' : 'DESC',
  };
}

function readPage(params: URLSearchParams): PageVariables {
  const before = params.get('before');
  if (before) return { last: pageSize, before };
  return { first: pageSize, after: params.get('after') ?? undefined };
}

function filterOf(
  { q, status, assignee, client, of }: TicketSearch,
  myId: string | undefined,
): TicketFilter {
  return {
    search: q.trim() || null,
    status: status || null,
    assigneeId: assignee === 'me' ? myId : null,
    unassigned: assignee === 'nobody',
    ofMyClients: of === 'my-clients',
    clientId: client || null,
  };
}
