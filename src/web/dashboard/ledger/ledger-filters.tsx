import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { choicesOf } from '../../ui/choices';
import type { FilterName, LedgerFilter } from './ledger-filter';
import { PeriodPicker } from './ledger-period';
import { AgentPicker, ClientPicker } from './ledger-pickers';
import { words } from '../../words';

/** The filters of the list of consumptions. */
export function Filters({
  filter,
  withClients,
  onChange,
}: {
  filter: LedgerFilter;
  withClients: boolean;
  onChange: (changes: Partial<Record<FilterName, string | null>>) => void;
}) {
  return (
    <SimpleGrid
      cols={{ base: 2, sm: 4, lg: withClients ? 7 : 6 }}
      spacing="sm"
      verticalSpacing="xs"
      role="search"
      aria-label={words.ledger.consumptions}
    >
      <PeriodPicker value={filter} onChange={onChange} />
      <AgentPicker value={filter.agent ?? null} onChange={(agent) => onChange({ agent })} />
      {withClients && (
        <ClientPicker value={filter.client ?? null} onChange={(client) => onChange({ client })} />
      )}
      <Choice
        label={words.ledger.fields.source}
        choices={words.ledger.source}
        value={filter.source}
        onChange={(source) => onChange({ source })}
      />
      <Choice
        label={words.ledger.fields.status}
        choices={words.ledger.status}
        value={filter.status}
        onChange={(status) => onChange({ status })}
      />
      <Dates filter={filter} onChange={onChange} />
    </SimpleGrid>
  );
}

/** The filters of the list of movements. */
export function MovementFilters({
  filter,
  onChange,
}: {
  filter: LedgerFilter;
  onChange: (changes: Partial<Record<FilterName, string | null>>) => void;
}) {
  return (
    <SimpleGrid
      cols={{ base: 2, sm: 4 }}
      spacing="sm"
      verticalSpacing="xs"
      role="search"
      aria-label={words.ledger.movements}
    >
      <PeriodPicker value={filter} onChange={onChange} />
      <Choice
        label={words.ledger.fields.what}
        choices={words.ledger.kind}
        value={filter.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <Dates filter={filter} onChange={onChange} />
    </SimpleGrid>
  );
}

/** From a date to a date, both included. */
export function Dates({
  filter,
  onChange,
}: {
  filter: LedgerFilter;
  onChange: (changes: Partial<Record<FilterName, string | null>>) => void;
}) {
  const { from, to } = filter;
  const isTurned = from !== undefined && to !== undefined && from > to;
  return (
    <>
      <TextInput
        type="date"
        label={words.ledger.filter.from}
        size="sm"
        value={filter.from ?? ''}
        max={filter.to}
        error={isTurned && words.ledger.filter.fromAfterTo}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={words.ledger.filter.to}
        size="sm"
        value={filter.to ?? ''}
        min={filter.from}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </>
  );
}

function Choice({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: Readonly<Record<string, string>>;
  value: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <NativeSelect
      label={label}
      size="sm"
      value={value ?? ''}
      data={[{ value: '', label: words.ledger.filter.any }, ...choicesOf(choices)]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
