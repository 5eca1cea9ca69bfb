import { Select } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { AgentChoicesDocument, type AgentChoicesQuery } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { ListField, type InputRef } from '../ui/list-field';
import { useListOfField } from '../ui/use-list-of-field';
import { words } from '../words';

/** The search starts after this pause in typing. */
const pauseMs = 250;

export type AgentChoice = NonNullable<AgentChoicesQuery['agents']>['edges'][number]['node'];

interface Choosing {
  label: string;
  description?: string;
  placeholder: string;
  chosen: Pick<AgentChoice, 'id' | 'name'> | null;
  isRequired?: boolean;
  /** Whether only active agents can be chosen. */
  isActive?: boolean;
  error?: ReactNode;
  onChoose: (agent: AgentChoice | null) => void;
}

/** Chooses one agent among many: the service searches. */
export function AgentSelect(choosing: Choosing) {
  const { label, description, placeholder, chosen, isRequired, error, onChoose } = choosing;
  return (
    <ListField
      {...{ label, description, placeholder, isRequired }}
      text={chosen?.name}
      clearLabel={words.dashboard.agentSelect.clear(label)}
      onClear={isRequired ? undefined : () => onChoose(null)}
      isUsed={Boolean(error)}
    >
      {(input) => <Search {...choosing} input={input} />}
    </ListField>
  );
}

function Search({
  label,
  description,
  placeholder,
  chosen,
  isRequired = false,
  isActive = false,
  error,
  onChoose,
  input,
}: Choosing & { input: InputRef }) {
  const [search, setSearch] = useState('');
  const isOfChosen = search === chosen?.name;
  const [asked] = useDebouncedValue(isOfChosen ? '' : search.trim(), pauseMs);
  const [isWanted, { open }] = useDisclosure();
  const { keepMounted, onFocus } = useListOfField();
  const { data, isFetching } = useApiQuery(
    AgentChoicesDocument,
    { search: asked || null, status: isActive ? 'ACTIVE' : null },
    { enabled: isWanted },
  );
  const found = data?.agents?.edges.map(({ node }) => node) ?? [];
  const others = found.filter(({ id }) => id !== chosen?.id);
  return (
    <Select
      ref={input}
      label={label}
      description={description}
      placeholder={placeholder}
      searchable
      clearable={!isRequired}
      clearButtonProps={{ 'aria-label': words.dashboard.agentSelect.clear(label) }}
      required={isRequired}
      searchValue={search}
      onSearchChange={setSearch}
      onFocus={onFocus}
      onDropdownOpen={open}
      comboboxProps={{ keepMounted }}
      nothingFoundMessage={isFetching ? words.ui.searching : words.dashboard.agentSelect.none}
      data={[
        ...(chosen ? [{ value: chosen.id, label: chosen.name }] : []),
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      // The service has filtered already, also by address.
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const agent = found.find(({ id }) => id === option.value);
        if (!agent) return option.label;
        const type = words.agents.type[agent.type];
        return words.dashboard.agentSelect.option(agent.name, type, agent.email);
      }}
      value={chosen?.id ?? null}
      error={error}
      onChange={(id) => onChoose(found.find((agent) => agent.id === id) ?? null)}
    />
  );
}
