import { Anchor, Stack } from '@mantine/core';
import { AuditEventsDocument, AuditSubjectsDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { Actor, Deed, Differences, Origin, type Act, type Subject } from './audit-cells';
import { AuditFilter, useAuditQuery, type AuditQuery } from './audit-filter';

/** What admins did: who, what, before, after, from where. */
export function Audit() {
  useTitle('Audit trail');
  return (
    <AdminPage title="Audit trail">
      <Acts />
    </AdminPage>
  );
}

function Acts() {
  const query = useAuditQuery();
  const paging = usePaging(query.filter);
  const { data, error, refetch } = useApiQuery(AuditEventsDocument, {
    filter: query.filter,
    ...paging.variables,
  });
  const acts = data?.auditEvents;
  const subjects = useSubjects(acts?.edges.map(({ node }) => node.subjectId) ?? []);
  return (
    <Stack gap="sm">
      <AuditFilter query={query} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!acts && !error && <RowsToCome />}
      {acts?.edges.length === 0 && <NoActs query={query} />}
      {acts && acts.edges.length > 0 && (
        <div>
          <DataTable
            caption="Acts, the newest first"
            columns={columnsWith(subjects)}
            rows={acts.edges.map(({ node }) => node)}
          />
          <Pager paging={paging} pageInfo={acts.pageInfo} totalCount={acts.totalCount} />
        </div>
      )}
    </Stack>
  );
}

/** What was acted on, by its id: a page's names in one question, beside the acts themselves. */
function useSubjects(ids: readonly string[]): ReadonlyMap<string, Subject> {
  const asked = [...new Set(ids)];
  const { data } = useApiQuery(
    AuditSubjectsDocument,
    { ids: asked },
    { enabled: asked.length > 0 },
  );
  return new Map(data?.nodes.flatMap((node) => (node ? [[node.id, node]] : [])));
}

function NoActs({ query }: { query: AuditQuery }) {
  if (!query.isNarrowed) {
    return (
      <Empty title="Nothing yet">
        Whatever an admin changes is written down here, with who did it and from where.
      </Empty>
    );
  }
  return (
    <Empty title="No act matches">
      <Anchor component="button" type="button" inherit onClick={query.clear}>
        Show all acts
      </Anchor>
    </Empty>
  );
}

function columnsWith(subjects: ReadonlyMap<string, Subject>): Column<Act>[] {
  return [
    { title: 'When', cell: ({ occurredAt }) => <Instant at={occurredAt} /> },
    { title: 'Who', cell: ({ actor }) => <Actor actor={actor} /> },
    {
      title: 'What',
      cell: (act) => <Deed act={act} subject={subjects.get(act.subjectId)} />,
    },
    { title: 'What is different', cell: (act) => <Differences act={act} /> },
    { title: 'From where', cell: ({ origin }) => <Origin origin={origin} /> },
  ];
}
