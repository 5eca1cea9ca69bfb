import { Select, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { railsZones } from '../../time/rails-names';
import { ZoneNamesDocument } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { words } from '../words';
import { ListField, type InputRef } from './list-field';

/** More than anyone reads; typing narrows the list. */
const shownMax = 50;

/** What a form passes to the select of its zone; the form itself does not know its type. */
export interface ZoneInput {
  value: string;
  onChange: (zone: string) => void;
}

interface Choosing {
  label: string;
  description?: string;
  value: string;
  error?: ReactNode;
  onChange: (zone: string) => void;
}

/**
 * A time zone: any IANA zone that the service knows, or the Rails name that a service desk exports. The
 * service stores the IANA name.
 */
export function ZoneSelect(choosing: Choosing) {
  const { label, description, value, error } = choosing;
  return (
    <ListField
      {...{ label, description }}
      placeholder={words.ui.zones.placeholder}
      text={value}
      isRequired
      isUsed={Boolean(error)}
    >
      {(input) => <Zones {...choosing} input={input} />}
    </ListField>
  );
}

function Zones({
  label,
  description,
  value,
  error,
  onChange,
  input,
}: Choosing & { input: InputRef }) {
  const names = useApiQuery(ZoneNamesDocument, {}, { isHeld: true }).data?.zoneNames;
  const data = useMemo(() => optionsWith(value, names), [value, names]);
  return (
    <Select
      ref={input}
      label={label}
      description={description}
      placeholder={words.ui.zones.placeholder}
      searchable
      required
      allowDeselect={false}
      limit={shownMax}
      maxDropdownHeight={280}
      nothingFoundMessage={words.ui.zones.noneFound}
      comboboxProps={{ withinPortal: true }}
      data={data}
      filter={byAnyName}
      value={value || null}
      error={error}
      onChange={(zone) => zone && onChange(zone)}
    />
  );
}

/** The choices. Until the service has answered: only the current zone. */
function optionsWith(value: string, names: readonly string[] | undefined) {
  const chosen = { group: words.ui.zones.current, items: value ? [{ value, label: value }] : [] };
  if (!names) return [chosen];
  const iana = [...new Set(['UTC', ...names])];
  const rails = Object.entries(railsZones).filter(([name]) => !iana.includes(name));
  const options = [
    { group: words.ui.zones.iana, items: iana.map((name) => ({ value: name, label: name })) },
    {
      group: words.ui.zones.rails,
      items: rails.map(([name, zone]) => ({ value: name, label: `${name} · ${zone}` })),
    },
  ];
  return !value || iana.includes(value) || Object.hasOwn(railsZones, value)
    ? options
    : [chosen, ...options];
}

/** Every word of the search is somewhere in the name: "new york" finds America/New_York. */
const byAnyName: OptionsFilter = ({ options: groups, search, limit }) => {
  const terms = plain(search).split(' ').filter(Boolean);
  let left = limit;
  return groups.flatMap((group) => {
    if (!('group' in group)) return [];
    const items = group.items
      .filter(({ label }: ComboboxItem) => terms.every((term) => plain(label).includes(term)))
      .slice(0, left);
    left -= items.length;
    return items.length ? [{ ...group, items }] : [];
  });
};

function plain(text: string): string {
  return text.toLowerCase().replace(/[_/·]/g, ' ').trim();
}
