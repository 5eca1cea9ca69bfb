import { Select, Text } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { memo, useState, type ReactNode } from 'react';
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

interface Picking {
  chosen: Named | null;
  onChange: (id: string | null) => void;
  input: InputRef;
}

interface Picked<Name extends string> {
  value: string | null;
  onChange: (change: Record<Name, string | null>) => void;
}

export const AgentPicker = memo(function AgentPicker({ value, onChange }: Picked<'agent'>) {
  const { data } = useApiQuery(
    LedgerAgentDocument,
    { id: value ?? '' },
    { enabled: value !== null },
  );
  const chosen = chosenOf(value, data?.agent);
  const choose = (agent: string | null) => onChange({ agent });
  return (
    <Chosen label={words.ledger.fields.agent} chosen={chosen} onChange={choose}>
      {(input) => <Agents {...{ input, chosen }} onChange={choose} />}
    </Chosen>
  );
});

function Agents(picking: Picking) {
  const [search, setTyped] = useSearch(picking.chosen);
  const [enabled, { open }] = useDisclosure();
  const { data } = useApiQuery(LedgerAgentsDocument, { search, first }, { enabled });
  const found = data?.agents?.edges.map(({ node }) => node);
  return <Picker label={words.ledger.fields.agent} {...picking} {...{ found, setTyped, open }} />;
}

export const ClientPicker = memo(function ClientPicker({ value, onChange }: Picked<'client'>) {
  const { data } = useApiQuery(
    LedgerClientDocument,
    { id: value ?? '' },
    { enabled: value !== null },
  );
  const chosen = chosenOf(value, data?.node);
  const choose = (client: string | null) => onChange({ client });
  return (
    <Chosen label={words.ledger.fields.client} chosen={chosen} onChange={choose}>
      {(input) => <Clients {...{ input, chosen }} onChange={choose} />}
    </Chosen>
  );
});

function Clients(picking: Picking) {
  const [search, setTyped] = useSearch(picking.chosen);
  const [enabled, { open }] = useDisclosure();
  const { data } = useApiQuery(LedgerClientsDocument, { search, first }, { enabled });
  const found = data?.clients?.edges.map(({ node }) => node);
  return <Picker label={words.ledger.fields.client} {...picking} {...{ found, setTyped, open }} />;
}

/** What is chosen; to choose is drawn when a person comes to it. */
function Chosen({
  label,
  chosen,
  onChange,
  children,
}: Pick<Picking, 'chosen' | 'onChange'> & {
  label: string;
  children: (input: InputRef) => ReactNode;
}) {
  return (
    <ListField
      label={label}
      placeholder={words.ledger.filter.any}
      text={chosen?.name}
      clearLabel={words.ledger.filter.anyOf(label)}
      onClear={() => onChange(null)}
    >
      {children}
    </ListField>
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
}: Picking & {
  label: string;
  /** Undefined until it is read. */
  found: readonly Named[] | undefined;
  setTyped: (typed: string) => void;
  open: () => void;
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
