import { memo, useMemo } from 'react';
import { writeDate } from '../../format/times';
import { dateIn } from '../../format/zone';
import { useAccountClock } from '../../session/use-account-now';
import { useViewer } from '../../session/viewer';
import { SelectField, type FieldChoice } from '../../ui/fields';
import { words } from '../../words';
import { monthsUntil, presetsOf, type Period } from './ledger-period.rules';

const own = 'own';

/** Chooses a month, a quarter, or any dates: it fills in From and To. */
export const PeriodPicker = memo(function PeriodPicker({
  from,
  to,
  onChange,
}: Partial<Period> & {
  onChange: (period: { from: string | null; to: string | null }) => void;
}) {
  const { timeZone } = useViewer().account;
  const clock = useAccountClock().data;
  const today = clock && dateIn(clock.serviceMs, timeZone);
  const offered = useMemo(() => (today ? periodsUntil(today) : []), [today]);
  const present = from || to ? nameOf({ from, to }) : '';
  const isListed = offered.some((one) => one.value === present);
  return (
    <SelectField
      label={words.ledger.period.label}
      value={present === '' || isListed ? present : own}
      isDisabled={!today}
      choices={[
        { value: '', label: words.ledger.period.all },
        ...offered,
        ...(present !== '' && !isListed ? [{ value: own, label: words.ledger.period.own }] : []),
      ]}
      onChange={(period) => {
        const [first = '', last = ''] = period.split('/');
        if (period !== own) onChange({ from: first || null, to: last || null });
      }}
    />
  );
});

function periodsUntil(today: string): FieldChoice[] {
  const presets = presetsOf(today);
  const named = Object.entries(presets).map(([name, period]) => ({
    value: nameOf(period),
    label: words.ledger.period[name as keyof typeof presets],
  }));
  const months = monthsUntil(today)
    .slice(2)
    .map((period) => ({ value: nameOf(period), label: writeDate(period.from, 'monthOfYear') }));
  return [...named, ...months];
}

function nameOf({ from = '', to = '' }: Partial<Period>): string {
  return `${from}/${to}`;
}
