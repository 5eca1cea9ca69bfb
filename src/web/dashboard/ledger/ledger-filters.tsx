import { memo } from 'react';
import { choicesOf } from '../../ui/choices';
import { DateField, Fields, SelectField } from '../../ui/fields';
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
    <Fields onDesk={withClients ? 7 : 6} isSearch label={words.ledger.consumptions}>
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
    </Fields>
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
    <Fields onDesk={4} isSearch label={words.ledger.movements}>
      <PeriodPicker from={filter.from} to={filter.to} onChange={onChange} />
      <Choice
        name="kind"
        label={words.ledger.fields.what}
        choices={words.ledger.kind}
        value={filter.kind}
        onChange={onChange}
      />
      <Dates from={filter.from} to={filter.to} onChange={onChange} />
    </Fields>
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
      <DateField
        label={words.ledger.filter.from}
        value={from ?? ''}
        max={to}
        error={isTurned ? words.ledger.filter.fromAfterTo : null}
        onChange={(date) => onChange({ from: date })}
      />
      <DateField
        label={words.ledger.filter.to}
        value={to ?? ''}
        min={from}
        onChange={(date) => onChange({ to: date })}
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
    <SelectField
      label={label}
      value={value ?? ''}
      choices={[{ value: '', label: words.ledger.filter.any }, ...choicesOf(choices)]}
      onChange={(chosen) => onChange({ [name]: chosen })}
    />
  );
});
