import { Select, type ComboboxItem, type SelectProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const pauseMs = 250;

/** A choice of too many to list: the service looks for what is typed. */
export function SearchSelect({
  chosen,
  choices,
  onSearch,
  ...rest
}: {
  chosen: ComboboxItem | null;
  /** What the service found. */
  choices: readonly ComboboxItem[];
  onSearch: (text: string) => void;
} & Pick<
  SelectProps,
  | 'label'
  | 'placeholder'
  | 'onChange'
  | 'clearable'
  | 'error'
  | 'readOnly'
  | 'onDropdownOpen'
  | 'allowDeselect'
>) {
  const [text, setText] = useState<string | null>(null);
  const look = useDebouncedCallback(onSearch, pauseMs);
  const isListed = !chosen || choices.some(({ value }) => value === chosen.value);
  return (
    <Select
      {...rest}
      searchable
      value={chosen?.value ?? null}
      searchValue={text ?? chosen?.label ?? ''}
      onSearchChange={(typed) => {
        setText(typed);
        // What is chosen is shown in the same place, and is nothing to look for.
        look(typed === chosen?.label ? '' : typed);
      }}
      // What was typed or tried is over; what holds is shown.
      onDropdownClose={() => {
        setText(null);
        look('');
      }}
      data={isListed ? [...choices] : [chosen, ...choices]}
      // The service has looked.
      filter={({ options }) => options}
      nothingFoundMessage="Nothing of that name"
      maxDropdownHeight={260}
    />
  );
}
