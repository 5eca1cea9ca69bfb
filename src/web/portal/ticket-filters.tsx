import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ChosenClientDocument, ClientChoicesDocument } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { SearchSelect } from './search-select';
import { choicesOf } from '../ui/choices';
import type { TicketSearch } from './use-ticket-search';
import { words } from '../words';

/** The search starts after this pause in typing. */
const pauseMs = 300;

/** The search and the filters of the list. */
export function TicketFilters({
  search,
  isFiltered,
  onChange,
  onClear,
}: {
  search: TicketSearch;
  isFiltered: boolean;
  onChange: (changes: Partial<TicketSearch>) => void;
  onClear: () => void;
}) {
  return (
    <form
      noValidate
      role="search"
      aria-label={words.portal.tickets}
      className="filters"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchBox q={search.q} onSearch={(q) => onChange({ q })} />
      <Select
        label={words.portal.fields.status}
        data={[{ value: '', label: words.portal.list.any }, ...choicesOf(words.portal.status)]}
        value={search.status}
        onChange={(status) => onChange({ status: status ?? '' })}
        allowDeselect={false}
      />
      <Select
        label={words.portal.fields.assignee}
        data={[
          { value: '', label: words.portal.list.anyone },
          { value: 'me', label: words.portal.list.me },
          { value: 'nobody', label: words.portal.nobody },
        ]}
        value={search.assignee}
        onChange={(assignee) => onChange({ assignee: assignee ?? '' })}
        allowDeselect={false}
      />
      <ClientSelect chosen={search.client} onChange={(client) => onChange({ client })} />
      {/* It keeps the focus when there is nothing more to clear. */}
      <Button
        variant="subtle"
        aria-disabled={!isFiltered}
        data-disabled={!isFiltered || undefined}
        onClick={onClear}
      >
        {words.portal.list.clear}
      </Button>
    </form>
  );
}

function SearchBox({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const box = useRef<HTMLInputElement>(null);
  const sent = useRef(q);
  const send = useDebouncedCallback((text: string) => {
    sent.current = text;
    onSearch(text);
  }, pauseMs);
  // The person's typing is never overwritten; only a change of the address from elsewhere is.
  useEffect(() => {
    if (q === sent.current) return;
    sent.current = q;
    box.current!.value = q;
  }, [q]);
  return (
    <TextInput
      ref={box}
      type="search"
      aria-keyshortcuts="/"
      label={words.portal.list.search}
      placeholder={words.portal.list.searchPlaceholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      defaultValue={q}
      maxLength={200}
      onChange={(event) => send(event.currentTarget.value)}
    />
  );
}

function ClientSelect({ chosen, onChange }: { chosen: string; onChange: (id: string) => void }) {
  const [search, setSearch] = useState('');
  const { data } = useApiQuery(ClientChoicesDocument, { search: search || null });
  // The address holds only the client's id.
  const { data: asked } = useApiQuery(
    ChosenClientDocument,
    { id: chosen },
    { enabled: chosen !== '' },
  );
  const found = data?.clients?.edges.map(({ node }) => node) ?? [];
  const known = asked?.node?.__typename === 'Client' ? [asked.node] : [];
  const node = [...found, ...known].find(({ id }) => id === chosen);
  return (
    <SearchSelect
      label={words.portal.fields.client}
      placeholder={words.portal.list.any}
      chosen={node ? choiceOf(node) : null}
      choices={found.map(choiceOf)}
      onSearch={setSearch}
      onChange={(id) => onChange(id ?? '')}
      clearable
    />
  );
}

function choiceOf({ id, name }: { id: string; name: string }) {
  return { value: id, label: name };
}
