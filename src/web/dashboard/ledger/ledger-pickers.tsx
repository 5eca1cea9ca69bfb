import { Select, Text } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { memo, useState } from 'react';
import {
  LedgerAgentDocument,
  LedgerAgentsDocument,
  LedgerClientDocument,
  LedgerClientsDocument,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { ListField, type InputRef } from '../../ui/list-field';
import { useListOfField } from '../../ui/use-list-of-field';
import { words } from '../../words';

/** As many as anyone reads; typing narrows the list. */
const first = 8;
/** The search starts after this pause in typing. */
const restMs = 250;

interface Named {
  id: string;
  name: string;
  email?: string;
}

interface Picked<Name extends string> {
  value: string | null;
  onChange: (change: Record<Name, string | null>) => void;
}

export const AgentPicker = memo(function AgentPicker(picked: Picked<'agent'>) {
  return (
    <ListField
      label={words.ledger.fields.agent}
      placeholder={words.ledger.filter.any}
      isUsed={picked.value !== null}
    >
      {(input) => <Agents {...picked} input={input} />}
    </ListField>
  );
});

function Agents({ value, onChange, input }: Picked<'agent'> & { input: InputRef }) {
  const { data: one } = useApiQuery(
    LedgerAgentDocument,
    { id: value ?? '' },
    { enabled: value !== null },
  );
  const chosen = chosenOf(value, one?.agent);
  const [search, setTyped] = useSearch(chosen);
  const [enabled, { open }] = useDisclosure();
  const { data } = useApiQuery(LedgerAgentsDocument, { search, first }, { enabled });
  const found = data?.agents?.edges.map(({ node }) => node);
  return (
    <Picker
      label={words.ledger.fields.agent}
      onChange={(agent) => onChange({ agent })}
      {...{ found, chosen, setTyped, open, input }}
    />
  );
}

export const ClientPicker = memo(function ClientPicker(picked: Picked<'client'>) {
  return (
    <ListField
      label={words.ledger.fields.client}
      placeholder={words.ledger.filter.any}
      isUsed={picked.value !== null}
    >
      {(input) => <Clients {...picked} input={input} />}
    </ListField>
  );
});

function Clients({ value, onChange, input }: Picked<'client'> & { input: InputRef }) {
  const { data: one } = useApiQuery(
    LedgerClientDocument,
    { id: value ?? '' },
    { enabled: value !== null },
  );
  const chosen = chosenOf(value, one?.node);
  const [search, setTyped] = useSearch(chosen);
  const [enabled, { open }] = useDisclosure();
  const { data } = useApiQuery(LedgerClientsDocument, { search, first }, { enabled });
  const found = data?.clients?.edges.map(({ node }) => node);
  return (
    <Picker
      label={words.ledger.fields.client}
      onChange={(client) => onChange({ client })}
      {...{ found, chosen, setTyped, open, input }}
    />
  );
}

/** The chosen one, once its name is known. */
function chosenOf(value: string | null, read: object | null | undefined): Named | null {
  return read && 'name' in read && (read as Named).id === value ? (read as Named) : null;
}

/** The search text. The chosen name is in the same field, and is not a search. */
function useSearch(chosen: Named | null): [search: string, setTyped: (typed: string) => void] {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed === chosen?.name ? '' : typed.trim(), restMs);
  return [search, setTyped];
}

/** Chooses one of many: the service searches, from the moment the list is opened. */
function Picker({
  label,
  found: read,
  chosen,
  onChange,
  setTyped,
  open,
  input,
}: {
  label: string;
  /** Undefined until it is read. */
  found: readonly Named[] | undefined;
  chosen: Named | null;
  onChange: (id: string | null) => void;
  setTyped: (typed: string) => void;
  open: () => void;
  input: InputRef;
}) {
  const { keepMounted, onFocus } = useListOfField();
  const found = read ?? [];
  const isNew = chosen && !found.some(({ id }) => id === chosen.id);
  const all = isNew ? [chosen, ...found] : found;
  const emails = new Map(all.map(({ id, email }) => [id, email]));
  return (
    <Select
      ref={input}
      label={label}
      placeholder={words.ledger.filter.any}
      size="sm"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': words.ledger.filter.anyOf(label) }}
      value={chosen?.id ?? null}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      // The service has filtered already.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={onChange}
      onFocus={onFocus}
      onDropdownOpen={open}
      nothingFoundMessage={read ? words.ui.noneFound : words.ui.searching}
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
      // Tall enough for all of them, and within the page's landmark.
      maxDropdownHeight={480}
      comboboxProps={{ keepMounted, width: 280, position: 'bottom-start', withinPortal: false }}
    />
  );
}
