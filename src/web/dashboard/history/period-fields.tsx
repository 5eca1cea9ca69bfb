import { SimpleGrid } from '@mantine/core';
import type { LedgerFilter } from '../ledger/ledger-filter';
import { Dates } from '../ledger/ledger-filters';
import { PeriodPicker } from '../ledger/ledger-period';
import { words } from '../../words';

/** Chooses the period of a history. */
export function PeriodFields({
  period,
  onChange,
}: {
  period: Pick<LedgerFilter, 'from' | 'to'>;
  onChange: (changes: { from?: string | null; to?: string | null }) => void;
}) {
  return (
    <SimpleGrid
      cols={{ base: 2, sm: 3 }}
      spacing="sm"
      verticalSpacing="xs"
      maw="40rem"
      role="search"
      aria-label={words.ledger.period.label}
    >
      <PeriodPicker from={period.from} to={period.to} onChange={onChange} />
      <Dates from={period.from} to={period.to} onChange={onChange} />
    </SimpleGrid>
  );
}
