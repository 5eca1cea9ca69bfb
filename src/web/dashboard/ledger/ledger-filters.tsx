import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { FilterName, LedgerFilter } from './ledger-filter';
import { AgentPicker, ClientPicker } from './ledger-pickers';
import { sourceWords, statusWords } from './ledger-words';

/** Which consumptions are to be shown. */
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
      cols={{ base: 2, sm: 3, md: withClients ? 6 : 5 }}
      spacing="sm"
      verticalSpacing="xs"
      role="search"
      aria-label="Consumptions"
    >
      <AgentPicker value={filter.agent ?? null} onChange={(agent) => onChange({ agent })} />
      {withClients && (
        <ClientPicker value={filter.client ?? null} onChange={(client) => onChange({ client })} />
      )}
      <Choice
        label="Source"
        words={sourceWords}
        value={filter.source}
        onChange={(source) => onChange({ source })}
      />
      <Choice
        label="Status"
        words={statusWords}
        value={filter.status}
        onChange={(status) => onChange({ status })}
      />
      <TextInput
        type="date"
        label="From"
        size="sm"
        value={filter.from ?? ''}
        max={filter.to}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="To"
        size="sm"
        value={filter.to ?? ''}
        min={filter.from}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

function Choice({
  label,
  words,
  value,
  onChange,
}: {
  label: string;
  words: Record<string, string>;
  value: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <NativeSelect
      label={label}
      size="sm"
      value={value ?? ''}
      data={[
        { value: '', label: 'Any' },
        ...Object.entries(words).map(([code, name]) => ({ value: code, label: name })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
