import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

/** As long as somebody goes on typing, nothing is asked. */
const pauseMs = 250;
/** What the API takes of a search. */
const lengthMax = 200;

/** A search that is told when its typing has paused. It follows `value` where that changes by itself. */
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
  const [told, setTold] = useState(value);
  const [before, setBefore] = useState(value);
  const tell = useDebouncedCallback((next: string) => {
    setTold(next);
    onSearch(next.trim());
  }, pauseMs);
  if (value !== before) {
    setBefore(value);
    if (value !== told.trim()) setText(value);
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
        tell(currentTarget.value);
      }}
    />
  );
}
