import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Labelled } from './fields';

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
  const id = useId();
  return (
    <Labelled id={id} label={label}>
      <span className="field-box">
        <span className="field-icon">
          <IconSearch size={16} aria-hidden />
        </span>
        <input
          id={id}
          type="search"
          placeholder={placeholder}
          maxLength={lengthMax}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            search(currentTarget.value);
          }}
        />
      </span>
    </Labelled>
  );
}
