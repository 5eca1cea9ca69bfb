import { Pill, PillsInput } from '@mantine/core';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { writeCount } from '../../format/count';
import { words } from '../../words';
import { addAlert, type Alerts } from './alerts.rules';

/**
 * The balances at which a wallet alerts, as chips. Enter adds what is typed; each chip has a button
 * that removes it, and Backspace in the empty field removes the last one.
 */
export function AlertChips({
  value,
  onChange,
  wallet: { balance, alertThresholds },
  error,
}: {
  value: Alerts;
  onChange: (value: Alerts) => void;
  wallet: { balance: number; alertThresholds: readonly number[] };
  error?: ReactNode;
}) {
  const field = useRef<HTMLInputElement>(null);
  const { alerts, typed } = value;
  const added = addAlert(value);
  const reached = alerts.filter((alert) => alert >= balance && !alertThresholds.includes(alert));
  const remove = (removed: number) => {
    onChange({ typed, alerts: alerts.filter((alert) => alert !== removed) });
    // The button that had the focus is gone.
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && typed === '' && alerts.length > 0) remove(alerts.at(-1)!);
    if (event.key !== 'Enter' || typed === '') return;
    // It would save the form.
    event.preventDefault();
    if (!added.refusal) onChange(added.value);
  };
  return (
    <PillsInput
      label={words.settings.wallet.low}
      description={
        reached.length > 0
          ? words.settings.wallet.lowReached(reached.map((alert) => writeCount(alert)).join(', '))
          : words.settings.wallet.lowText
      }
      error={error || added.refusal}
    >
      <Pill.Group>
        {alerts.map((alert) => (
          <Pill
            key={alert}
            withRemoveButton
            onRemove={() => remove(alert)}
            removeButtonProps={{
              'aria-label': words.settings.wallet.lowRemove(writeCount(alert)),
              'aria-hidden': false,
              tabIndex: 0,
            }}
          >
            {writeCount(alert)}
          </Pill>
        ))}
        <PillsInput.Field
          ref={field}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => onChange({ alerts, typed: currentTarget.value })}
          onKeyDown={onKey}
        />
      </Pill.Group>
    </PillsInput>
  );
}
