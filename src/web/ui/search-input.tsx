import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

/** The search starts after this pause in typing. */
const pauseMs = 250;
/** The longest search text that the API accepts. */
const lengthMax = 200;

/** A search field that reports its text when typing pauses. It follows `value` if that changes elsewhere. */
export function SearchInput({
  label,
  placeholder,
  value,
  onSearch,
}: {
  label: string;
  placeholder: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const [searched, setSearched] = useState(value);
  const [before, setBefore] = useState(value);
  const search = useDebouncedCallback((next: string) => {
    setSearched(next);
    onSearch(next.trim());
  }, pauseMs);
  if (value !== before) {
    setBefore(value);
    if (value !== searched.trim()) setText(value);
  }
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      maxLength={lengthMax}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        search(currentTarget.value);
      }}
    />
  );
}
