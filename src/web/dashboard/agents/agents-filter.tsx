import { memo, useMemo } from 'react';
import type { AgentFilter, AgentOrderField, AgentStatus, AgentType } from '../../generated/app';
import type { Sorting } from '../../ui/data-table';
import { pageSizeOf } from '../../ui/page-size';
import { SearchInput } from '../../ui/search-input';
import { useParameters, type readParameters } from '../../ui/use-parameters';
import { choicesOf } from '../../ui/choices';
import { Fields, SelectField, type FieldChoice } from '../../ui/fields';
import { words } from '../../words';

/** The filter and the order of the list, from the address. */
export interface AgentsQuery {
  filter: AgentFilter;
  orderBy: Sorting<AgentOrderField>;
  /** Rows of one page. */
  size: number;
  isNarrowed: boolean;
  narrow: (changes: Record<string, string | null>) => void;
  sort: (by: Sorting<AgentOrderField>) => void;
  clear: () => void;
}

const types: AgentType[] = ['FULL_TIME', 'OCCASIONAL'];
const statuses: AgentStatus[] = ['ACTIVE', 'INVITED', 'DEACTIVATED'];
const fields: AgentOrderField[] = ['NAME', 'CREATED_AT'];

/** What an address asks for. */
export function readAgentsQuery({ get, oneOf }: ReturnType<typeof readParameters>) {
  const pass = oneOf('pass', ['yes', 'no']);
  return {
    search: get('q'),
    type: oneOf('type', types),
    status: oneOf('status', statuses),
    hasActiveDayPass: pass && pass === 'yes',
    field: oneOf('by', fields) ?? ('NAME' as const),
    direction: oneOf('order', ['ASC', 'DESC']) ?? ('ASC' as const),
    size: pageSizeOf(get('size')),
  };
}

export function useAgentsQuery(): AgentsQuery {
  const { set, ...parameters } = useParameters();
  const { search, type, status, hasActiveDayPass, field, direction, size } =
    readAgentsQuery(parameters);
  // The same objects until the address changes, so that an answer draws the list only.
  const filter = useMemo(
    () => ({ search, type, status, hasActiveDayPass }),
    [search, type, status, hasActiveDayPass],
  );
  const orderBy = useMemo(() => ({ field, direction }), [field, direction]);
  return {
    filter,
    orderBy,
    size,
    isNarrowed: Object.values(filter).some((value) => value !== null),
    narrow: set,
    sort: ({ field, direction }) => set({ by: field, order: direction }),
    clear: () => set({ q: null, type: null, status: null, pass: null }),
  };
}

type Narrow = AgentsQuery['narrow'];

/** The filters of the list. Each field is drawn again only if its own value changes. */
export const AgentsFilter = memo(function AgentsFilter({
  filter,
  narrow,
}: Pick<AgentsQuery, 'filter' | 'narrow'>) {
  const { search, type, status, hasActiveDayPass } = filter;
  return (
    <Fields onDesk={4}>
      <Search value={search ?? ''} narrow={narrow} />
      <Choice
        name="type"
        label={words.agents.fields.type}
        value={type ?? ''}
        choices={typeChoices}
        narrow={narrow}
      />
      <Choice
        name="status"
        label={words.agents.fields.status}
        value={status ?? ''}
        choices={statusChoices}
        narrow={narrow}
      />
      <Choice
        name="pass"
        label={words.agents.list.dayPass}
        value={hasActiveDayPass == null ? '' : hasActiveDayPass ? 'yes' : 'no'}
        choices={passChoices}
        narrow={narrow}
      />
    </Fields>
  );
});

const typeChoices = [
  { value: '', label: words.agents.list.allTypes },
  ...choicesOf(words.agents.type),
];
const statusChoices = [
  { value: '', label: words.agents.list.allStatuses },
  ...statuses.map((value) => ({ value, label: words.agents.status[value] })),
];
const passChoices = [
  { value: '', label: words.agents.list.withOrWithout },
  { value: 'yes', label: words.agents.list.with },
  { value: 'no', label: words.agents.list.without },
];

const Search = memo(function Search({ value, narrow }: { value: string; narrow: Narrow }) {
  return (
    <SearchInput
      label={words.agents.list.search}
      placeholder={words.agents.list.searchPlaceholder}
      value={value}
      onSearch={(q) => narrow({ q })}
    />
  );
});

const Choice = memo(function Choice({
  name,
  label,
  value,
  choices,
  narrow,
}: {
  name: string;
  label: string;
  value: string;
  choices: FieldChoice[];
  narrow: Narrow;
}) {
  return (
    <SelectField {...{ label, value, choices }} onChange={(chosen) => narrow({ [name]: chosen })} />
  );
});
