import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ChosenClientDocument, ClientChoicesDocument } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { SearchSelect } from './search-select';
import { choicesOf, statusWords } from './ticket-words';
import type { TicketSearch } from './use-ticket-search';

/** As long as somebody who types pauses. */
const pauseMs = 300;

/** What to look for. */
export function TicketFilters({
  search,
  onChange,
  onClear,
}: {
  search: TicketSearch;
  onChange: (changes: Partial<TicketSearch>) => void;
  onClear: () => void;
}) {
  return (
    <form
      role="search"
      aria-label="Tickets"
      className="filters"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchBox q={search.q} onSearch={(q) => onChange({ q })} />
      <Select
        label="Status"
        data={[{ value: '', label: 'Any' }, ...choicesOf(statusWords)]}
        value={search.status}
        onChange={(status) => onChange({ status: (status ?? '') as TicketSearch['status'] })}
        allowDeselect={false}
      />
      <Select
        label="Assignee"
        data={[
          { value: '', label: 'Anyone' },
          { value: 'me', label: 'Me' },
        ]}
        value={search.assignee}
        onChange={(assignee) => onChange({ assignee: assignee === 'me' ? 'me' : '' })}
        allowDeselect={false}
      />
      <ClientSelect chosen={search.client} onChange={(client) => onChange({ client })} />
      <Button variant="subtle" onClick={onClear}>
        Clear filters
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
  // The box is the typist's; only what the address got from elsewhere is put into it.
  useEffect(() => {
    if (q === sent.current) return;
    sent.current = q;
    box.current!.value = q;
  }, [q]);
  return (
    <TextInput
      ref={box}
      type="search"
      label="Search"
      placeholder="Subject or requester"
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
  // The address knows its id only.
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
      label="Client"
      placeholder="Any"
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
