import { TextInput, type TextInputProps } from '@mantine/core';

/**
 * A field for a whole number. It keeps what is typed: an input that drops the sign of -3 and the point of
 * 1.5 would send 3 and 15. The form refuses them in words, with `readWhole`.
 */
export function CountInput({
  value,
  onChange,
  ...look
}: {
  value: string | number;
  onChange: (value: string | number) => void;
} & Omit<TextInputProps, 'value' | 'onChange'>) {
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="off"
      value={String(value)}
      onChange={({ currentTarget: { value: text } }) => {
        // A number as it was stored is no change of a form.
        onChange(text === String(Number(text)) ? Number(text) : text);
      }}
      {...look}
    />
  );
}
