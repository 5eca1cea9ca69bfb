import type { LedgerFilter } from '../ledger/ledger-filter';
import { Dates } from '../ledger/ledger-filters';
import { PeriodPicker } from '../ledger/ledger-period';
import { Fields } from '../../ui/fields';
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
    <Fields onDesk={3} isSearch label={words.ledger.period.label}>
      <PeriodPicker from={period.from} to={period.to} onChange={onChange} />
      <Dates from={period.from} to={period.to} onChange={onChange} />
    </Fields>
  );
}
