import { NumberInput, type NumberInputProps } from '@mantine/core';

/**
 * A field for a whole number. It keeps what is typed: an input that drops the sign of -3 and the point of
 * 1.5 would send 3 and 15. The form refuses them in words, with `readWhole`.
 */
export function CountInput(given: NumberInputProps) {
  return (
    <NumberInput
      allowedDecimalSeparators={['.', ',']}
      // A number out of range is reported, not changed.
      clampBehavior="none"
      thousandSeparator=","
      inputMode="numeric"
      {...given}
    />
  );
}
