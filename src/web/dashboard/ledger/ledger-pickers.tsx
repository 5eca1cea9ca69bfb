import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import {
  LedgerAgentDocument,
  LedgerAgentsDocument,
  LedgerClientDocument,
  LedgerClientsDocument,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';

/** As many as one reads through; who wants others types more. */
const first = 8;
/** Somebody who types is asked for when the fingers rest. */
const restMs = 250;

interface Named {
  id: string;
  name: string;
  email?: string;
}

interface Picked {
  value: string | null;
  onChange: (id: string | null) => void;
}

export function AgentPicker({ value, onChange }: Picked) {
  const { data: one } = useApiQuery(
    LedgerAgentDocument,
    { id: value ?? '' },
    { enabled: value !== null },
  );
  const chosen = chosenOf(value, one?.agent);
  const [search, setTyped] = useSearch(chosen);
  const { data } = useApiQuery(LedgerAgentsDocument, { search, first });
  const found = data?.agents?.edges.map(({ node }) => node) ?? [];
  return <Picker label="Agent" {...{ found, chosen, onChange, setTyped }} />;
}

export function ClientPicker({ value, onChange }: Picked) {
  const { data: one } = useApiQuery(
    LedgerClientDocument,
    { id: value ?? '' },
    { enabled: value !== null },
  );
  const chosen = chosenOf(value, one?.node);
  const [search, setTyped] = useSearch(chosen);
  const { data } = useApiQuery(LedgerClientsDocument, { search, first });
  const found = data?.clients?.edges.map(({ node }) => node) ?? [];
  return <Picker label="Client" {...{ found, chosen, onChange, setTyped }} />;
}

/** Who is chosen, once it is known what they are called. */
function chosenOf(value: string | null, read: object | null | undefined): Named | null {
  return read && 'name' in read && (read as Named).id === value ? (read as Named) : null;
}

/** What is looked for. The name of who is chosen stands in the field too: that is no search. */
function useSearch(chosen: Named | null): [search: string, setTyped: (typed: string) => void] {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed === chosen?.name ? '' : typed.trim(), restMs);
  return [search, setTyped];
}

/** One of many, looked for by the service. */
function Picker({
  label,
  found,
  chosen,
  onChange,
  setTyped,
}: {
  label: string;
  found: readonly Named[];
  chosen: Named | null;
  onChange: (id: string | null) => void;
  setTyped: (typed: string) => void;
}) {
  const isNew = chosen && !found.some(({ id }) => id === chosen.id);
  const all = isNew ? [chosen, ...found] : found;
  const emails = new Map(all.map(({ id, email }) => [id, email]));
  return (
    <Select
      label={label}
      placeholder="Any"
      size="sm"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      value={chosen?.id ?? null}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      // The service has searched, in more than is shown here.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={onChange}
      nothingFoundMessage="Nothing of that name"
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          {emails.get(option.value) && (
            <Text size="xs" c="dimmed">
              {emails.get(option.value)}
            </Text>
          )}
        </div>
      )}
      // All of them without scrolling, in the page's own landmark.
      maxDropdownHeight={480}
      comboboxProps={{ width: 280, position: 'bottom-start', withinPortal: false }}
    />
  );
}
