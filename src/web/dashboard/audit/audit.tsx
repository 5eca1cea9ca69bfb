import { Anchor, Stack } from '@mantine/core';
import { useState } from 'react';
import { AuditEventsDocument } from '../../generated/app';
import { readOf, useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import type { AskFor } from '../../ui/lazy-pages';
import { Pager, pageSize, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { SmallButton } from '../../ui/small-button';
import { RowsToCome } from '../../ui/rows-to-come';
import { readParameters } from '../../ui/use-parameters';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { Differences, Origin, type Act } from './audit-cells';
import { Sentence } from './audit-sentence';
import { AuditFilter, readAuditFilter, useAuditQuery, type AuditQuery } from './audit-filter';
import { words } from '../../words';
import { textOf } from '../../words/text-of';

/** The changes that admins made, with the values before and after. */
export function Audit() {
  useTitle(words.audit.title);
  return (
    <AdminPage title={words.audit.title}>
      <Acts />
    </AdminPage>
  );
}

export const askForActs: AskFor = ({ search }, ask) => {
  const filter = readAuditFilter(readParameters(search));
  ask(readOf(AuditEventsDocument, { filter, first: pageSize }));
};

function Acts() {
  const query = useAuditQuery();
  const paging = usePaging(query.filter);
  const { data, error, refetch } = useApiQuery(AuditEventsDocument, {
    filter: query.filter,
    ...paging.variables,
  });
  const acts = data?.auditEvents;
  return (
    <div className="stack" data-gap="sm">
      <AuditFilter filter={query.filter} narrow={query.narrow} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!acts && !error && <RowsToCome />}
      {acts?.edges.length === 0 && <NoActs query={query} />}
      {acts && acts.edges.length > 0 && (
        <div>
          <DataTable
            caption={words.audit.caption}
            columns={columns}
            rows={acts.edges.map(({ node }) => node)}
          />
          <Pager paging={paging} pageInfo={acts.pageInfo} totalCount={acts.totalCount} />
        </div>
      )}
    </div>
  );
}

function NoActs({ query }: { query: AuditQuery }) {
  if (!query.isNarrowed) {
    return <Empty title={words.audit.none}>{words.audit.noneText}</Empty>;
  }
  return (
    <Empty title={words.audit.noMatch}>
      <Anchor component="button" type="button" inherit onClick={query.clear}>
        {words.audit.showAll}
      </Anchor>
    </Empty>
  );
}

const columns: Column<Act>[] = [
  { title: words.audit.columns.when, cell: ({ occurredAt }) => <Instant at={occurredAt} /> },
  { title: words.audit.columns.what, cell: (act) => <Deed act={act} /> },
];

/** What happened; what has changed and from where is folded away. */
function Deed({ act }: { act: Act }) {
  const [isOpen, setOpen] = useState(false);
  const action = textOf(words.audit.actions, act.action) ?? act.action;
  return (
    <div className="wraps">
      <div className="deed">
        <div className="heading">
          <Sentence act={act} />
        </div>
        <SmallButton
          isQuiet
          aria-expanded={isOpen}
          aria-label={words.audit.detailsOf(words.audit.columns.details, action)}
          onClick={() => setOpen(!isOpen)}
        >
          {words.audit.columns.details}
        </SmallButton>
      </div>
      {isOpen && (
        <Stack gap="xs" mt="xs" className="quoted">
          <Differences act={act} />
          <Origin origin={act.origin} />
        </Stack>
      )}
    </div>
  );
}
