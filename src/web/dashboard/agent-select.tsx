import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { AgentChoicesDocument, type AgentChoicesQuery } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { typeWords } from './agents/agent-words';

/** As long as somebody goes on typing, nothing is asked. */
const pauseMs = 250;

export type AgentChoice = NonNullable<AgentChoicesQuery['agents']>['edges'][number]['node'];

/** One agent among however many: the service searches. */
export function AgentSelect({
  label,
  description,
  placeholder,
  chosen,
  isRequired = false,
  isActive = false,
  error,
  onChoose,
}: {
  label: string;
  description?: string;
  placeholder: string;
  chosen: Pick<AgentChoice, 'id' | 'name'> | null;
  isRequired?: boolean;
  /** Whether only active agents can be chosen. */
  isActive?: boolean;
  error?: string;
  onChoose: (agent: AgentChoice | null) => void;
}) {
  const [search, setSearch] = useState('');
  const isOfChosen = search === chosen?.name;
  const [asked] = useDebouncedValue(isOfChosen ? '' : search.trim(), pauseMs);
  const { data, isFetching } = useApiQuery(AgentChoicesDocument, {
    search: asked || null,
    status: isActive ? 'ACTIVE' : null,
  });
  const found = data?.agents?.edges.map(({ node }) => node) ?? [];
  const others = found.filter(({ id }) => id !== chosen?.id);
  return (
    <Select
      label={label}
      description={description}
      placeholder={placeholder}
      searchable
      clearable={!isRequired}
      clearButtonProps={{ 'aria-label': `Clear: ${label}` }}
      required={isRequired}
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={isFetching ? 'Searching …' : 'No agent of that name'}
      data={[
        ...(chosen ? [{ value: chosen.id, label: chosen.name }] : []),
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      // The service has searched, also in the addresses.
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const agent = found.find(({ id }) => id === option.value);
        return agent ? `${agent.name}, ${typeWords[agent.type]}, ${agent.email}` : option.label;
      }}
      value={chosen?.id ?? null}
      error={error}
      onChange={(id) => onChoose(found.find((agent) => agent.id === id) ?? null)}
    />
  );
}
