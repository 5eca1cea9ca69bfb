import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { memo } from 'react';
import { choicesOf } from '../../ui/choices';
import type { FilterName, LedgerFilter } from './ledger-filter';
import { PeriodPicker } from './ledger-period';
import { AgentPicker, ClientPicker } from './ledger-pickers';
import { words } from '../../words';

type Change = (changes: Partial<Record<FilterName, string | null>>) => void;

/**
 * The filters of the list of consumptions. Fields are the most work to draw on a page with a list, so each
 * is drawn again only if its own value changes: `onChange` is the same function each time.
 */
export const Filters = memo(function Filters({
  filter,
  withClients,
  onChange,
}: {
  filter: LedgerFilter;
  withClients: boolean;
  onChange: Change;
}) {
  return (
    <SimpleGrid
      cols={{ base: 2, sm: 4, lg: withClients ? 7 : 6 }}
      spacing="sm"
      verticalSpacing="xs"
      role="search"
      aria-label={words.ledger.consumptions}
    >
      <PeriodPicker from={filter.from} to={filter.to} onChange={onChange} />
      <AgentPicker value={filter.agent ?? null} onChange={onChange} />
      {withClients && <ClientPicker value={filter.client ?? null} onChange={onChange} />}
      <Choice
        name="source"
        label={words.ledger.fields.source}
        choices={words.ledger.source}
        value={filter.source}
        onChange={onChange}
      />
      <Choice
        name="status"
        label={words.ledger.fields.status}
        choices={words.ledger.status}
        value={filter.status}
        onChange={onChange}
      />
      <Dates from={filter.from} to={filter.to} onChange={onChange} />
    </SimpleGrid>
  );
});

/** The filters of the list of movements. */
export const MovementFilters = memo(function MovementFilters({
  filter,
  onChange,
}: {
  filter: LedgerFilter;
  onChange: Change;
}) {
  return (
    <SimpleGrid
      cols={{ base: 2, sm: 4 }}
      spacing="sm"
      verticalSpacing="xs"
      role="search"
      aria-label={words.ledger.movements}
    >
      <PeriodPicker from={filter.from} to={filter.to} onChange={onChange} />
      <Choice
        name="kind"
        label={words.ledger.fields.what}
        choices={words.ledger.kind}
        value={filter.kind}
        onChange={onChange}
      />
      <Dates from={filter.from} to={filter.to} onChange={onChange} />
    </SimpleGrid>
  );
});

/** From a date to a date, both included. */
export const Dates = memo(function Dates({
  from,
  to,
  onChange,
}: {
  from?: string;
  to?: string;
  onChange: Change;
}) {
  const isTurned = from !== undefined && to !== undefined && from > to;
  return (
    <>
      <TextInput
        type="date"
        label={words.ledger.filter.from}
        size="sm"
        value={from ?? ''}
        max={to}
        error={isTurned && words.ledger.filter.fromAfterTo}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={words.ledger.filter.to}
        size="sm"
        value={to ?? ''}
        min={from}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </>
  );
});

const Choice = memo(function Choice({
  name,
  label,
  choices,
  value,
  onChange,
}: {
  name: FilterName;
  label: string;
  choices: Readonly<Record<string, string>>;
  value: string | undefined;
  onChange: Change;
}) {
  return (
    <NativeSelect
      label={label}
      size="sm"
      value={value ?? ''}
      data={[{ value: '', label: words.ledger.filter.any }, ...choicesOf(choices)]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
});
