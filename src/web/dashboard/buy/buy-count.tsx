import { Button, Group, NumberInput, Stack } from '@mantine/core';
import type { Ref } from 'react';

const choices = [5, 10, 25, 50, 100];

/** How many passes: typed, or one of the counts that are usual. */
export function CountField({
  value,
  error,
  onChange,
  input,
}: {
  value: string | number;
  error: string | null;
  onChange: (value: string | number) => void;
  input: Ref<HTMLInputElement>;
}) {
  return (
    <Stack gap="xs">
      <NumberInput
        ref={input}
        label="How many day passes"
        value={value}
        onChange={onChange}
        error={error}
        size="md"
        allowDecimal={false}
        allowNegative={false}
        // What is out of range is told, not changed.
        clampBehavior="none"
        thousandSeparator=","
        inputMode="numeric"
        min={1}
        required
      />
      <Group gap="xs" role="group" aria-label="Usual counts">
        {choices.map((choice) => (
          <Button
            key={choice}
            variant={value === choice ? 'filled' : 'default'}
            size="compact-md"
            aria-pressed={value === choice}
            onClick={() => onChange(choice)}
          >
            {choice}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
