import { Select, type ComboboxItem, type SelectProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { words } from '../words';

const pauseMs = 250;

/** A select with too many choices to list: the service searches for the typed text. */
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
        // The chosen label appears in the same field, and is not a search.
        look(typed === chosen?.label ? '' : typed);
      }}
      // The typed text is dropped, and the chosen value is shown again.
      onDropdownClose={() => {
        setText(null);
        look('');
      }}
      data={isListed ? [...choices] : [chosen, ...choices]}
      // The service has filtered already.
      filter={({ options }) => options}
      nothingFoundMessage={words.ui.noneFound}
      maxDropdownHeight={260}
    />
  );
}
