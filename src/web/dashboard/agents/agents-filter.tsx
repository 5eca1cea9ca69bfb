import { NativeSelect, SimpleGrid } from '@mantine/core';
import type { AgentFilter, AgentOrderField, AgentStatus, AgentType } from '../../generated/app';
import type { Sorting } from '../../ui/data-table';
import { SearchInput } from '../../ui/search-input';
import { useParameters } from '../../ui/use-parameters';
import { choicesOf, statusWords, typeWords } from './agent-words';

/** Which agents are shown, and in which order, as the address says. */
export interface AgentsQuery {
  filter: AgentFilter;
  orderBy: Sorting<AgentOrderField>;
  isNarrowed: boolean;
  narrow: (changes: Record<string, string | null>) => void;
  sort: (by: Sorting<AgentOrderField>) => void;
  clear: () => void;
}

const types: AgentType[] = ['FULL_TIME', 'OCCASIONAL'];
const statuses: AgentStatus[] = ['ACTIVE', 'INVITED', 'DEACTIVATED'];
const fields: AgentOrderField[] = ['NAME', 'CREATED_AT'];

export function useAgentsQuery(): AgentsQuery {
  const { get, oneOf, set } = useParameters();
  const pass = oneOf('pass', ['yes', 'no']);
  const filter = {
    search: get('q'),
    type: oneOf('type', types),
    status: oneOf('status', statuses),
    hasActiveDayPass: pass && pass === 'yes',
  };
  return {
    filter,
    orderBy: {
      field: oneOf('by', fields) ?? 'NAME',
      direction: oneOf('order', ['ASC', 'DESC']) ?? 'ASC',
    },
    isNarrowed: Object.values(filter).some((value) => value !== null),
    narrow: set,
    sort: ({ field, direction }) => set({ by: field, order: direction }),
    clear: () => set({ q: null, type: null, status: null, pass: null }),
  };
}

/** What narrows the list. */
export function AgentsFilter({ query: { filter, narrow } }: { query: AgentsQuery }) {
  const { search, type, status, hasActiveDayPass } = filter;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <SearchInput
        label="Search"
        placeholder="Name or e-mail"
        value={search ?? ''}
        onSearch={(q) => narrow({ q })}
      />
      <NativeSelect
        label="Type"
        value={type ?? ''}
        data={[{ value: '', label: 'All types' }, ...choicesOf(typeWords)]}
        onChange={({ currentTarget }) => narrow({ type: currentTarget.value })}
      />
      <NativeSelect
        label="Status"
        value={status ?? ''}
        data={[
          { value: '', label: 'All statuses' },
          ...statuses.map((value) => ({ value, label: statusWords[value].says })),
        ]}
        onChange={({ currentTarget }) => narrow({ status: currentTarget.value })}
      />
      <NativeSelect
        label="Day pass"
        value={hasActiveDayPass == null ? '' : hasActiveDayPass ? 'yes' : 'no'}
        data={[
          { value: '', label: 'With or without' },
          { value: 'yes', label: 'In with a pass now' },
          { value: 'no', label: 'Without a pass now' },
        ]}
        onChange={({ currentTarget }) => narrow({ pass: currentTarget.value })}
      />
    </SimpleGrid>
  );
}
