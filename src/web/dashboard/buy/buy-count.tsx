import { Button, Group, Stack } from '@mantine/core';
import { CountInput } from '../../ui/count-input';
import { words } from '../../words';

const choices = [5, 10, 25, 50, 100, 200];

/** The number of passes: typed, or one of the common quantities. */
export function CountField({
  value,
  error,
  onChange,
}: {
  value: string | number;
  error: string | null;
  onChange: (value: string | number) => void;
}) {
  return (
    <Stack gap="xs">
      <CountInput
        label={words.buy.quantity}
        value={value}
        onChange={onChange}
        error={error}
        size="md"
        required
      />
      <Group gap="xs" role="group" aria-label={words.buy.usualQuantities}>
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
