import { Select, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import { railsZones } from '../../time/rails-names';

/** More than one would read; whoever looks for another goes on typing. */
const shownMax = 50;

/**
 * A time zone: any IANA zone that the browser knows, or the Rails name by which a service desk exports
 * it. The service keeps the IANA name of either.
 */
export function ZoneSelect({
  label,
  description,
  value,
  error,
  onChange,
}: {
  label: string;
  description?: string;
  value: string;
  error?: string;
  onChange: (zone: string) => void;
}) {
  return (
    <Select
      label={label}
      description={description}
      placeholder="Type a city, a zone or a Rails name"
      searchable
      required
      allowDeselect={false}
      limit={shownMax}
      maxDropdownHeight={280}
      nothingFoundMessage="No zone of that name"
      comboboxProps={{ withinPortal: true }}
      data={optionsWith(value)}
      filter={byAnyName}
      value={value || null}
      error={error}
      onChange={(zone) => zone && onChange(zone)}
    />
  );
}

const iana = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
const rails = Object.entries(railsZones).filter(([name]) => !iana.includes(name));

const options = [
  { group: 'IANA zones', items: iana.map((name) => ({ value: name, label: name })) },
  {
    group: 'Rails names',
    items: rails.map(([name, zone]) => ({ value: name, label: `${name} · ${zone}` })),
  },
];

/** A zone that is kept already may be one that this browser does not list. */
function optionsWith(value: string) {
  if (!value || iana.includes(value) || value in railsZones) return options;
  return [{ group: 'Now', items: [{ value, label: value }] }, ...options];
}

/** Every word of the search is somewhere in the name: "new york" finds America/New_York. */
const byAnyName: OptionsFilter = ({ options: groups, search, limit }) => {
  const words = plain(search).split(' ').filter(Boolean);
  let left = limit;
  return groups.flatMap((group) => {
    if (!('group' in group)) return [];
    const items = group.items
      .filter(({ label }: ComboboxItem) => words.every((word) => plain(label).includes(word)))
      .slice(0, left);
    left -= items.length;
    return items.length ? [{ ...group, items }] : [];
  });
};

function plain(text: string): string {
  return text.toLowerCase().replace(/[_/·]/g, ' ').trim();
}
