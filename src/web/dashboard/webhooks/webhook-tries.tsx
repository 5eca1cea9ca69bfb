import { Code, Group, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { WebhookTriesDocument, type WebhookTriesQuery } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Mark } from '../../ui/mark';
import { Pager, usePaging } from '../../ui/paging';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { words } from '../../words';
import { SendAgain } from './webhook-acts';
import { kindName } from './webhook-words';

type Tried = NonNullable<
  Extract<NonNullable<WebhookTriesQuery['node']>, { tries?: unknown }>['tries']
>['edges'][number]['node'];
type Try = Tried & { id: string };

/** Deliveries are in no stream. */
const readEveryMs = 5_000;

/** The log of a webhook, newest first. */
export function WebhookTries({ id }: { id: string }) {
  const [failed, setFailed] = useState(false);
  return (
    <Part title={words.webhooks.tries.title} description={words.webhooks.tries.text}>
      <Group>
        <Switch
          label={words.webhooks.tries.onlyFailed}
          checked={failed}
          onChange={({ currentTarget }) => setFailed(currentTarget.checked)}
        />
      </Group>
      <TryList id={id} failed={failed} />
    </Part>
  );
}

function TryList({ id, failed }: { id: string; failed: boolean }) {
  const paging = usePaging(failed);
  const variables = { id, failed: failed || null, ...paging.variables };
  const { data, error, refetch } = useApiQuery(WebhookTriesDocument, variables, {
    everyMs: readEveryMs,
  });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <RowsToCome />;
  const tries = data.node && 'tries' in data.node ? data.node.tries : null;
  if (!tries || tries.edges.length === 0) return <Empty title={words.webhooks.tries.none} />;
  const { edges, pageInfo } = tries;
  return (
    <div>
      <DataTable
        caption={words.webhooks.tries.caption}
        columns={columnsOf(id)}
        rows={edges.map(({ cursor, node }) => ({ id: cursor, ...node }))}
      />
      <Pager paging={paging} pageInfo={pageInfo} />
    </div>
  );
}

const columnsOf = (webhookId: string): Column<Try>[] => [
  { title: words.webhooks.tries.when, cell: ({ at }) => <Instant at={at} /> },
  {
    title: words.webhooks.tries.event,
    cell: (tried) => <Event tried={tried} webhookId={webhookId} />,
  },
  { title: words.webhooks.tries.result, cell: (tried) => <Result tried={tried} /> },
  {
    title: words.webhooks.tries.duration,
    isNumber: true,
    cell: ({ milliseconds }) => words.webhooks.tries.ms(milliseconds),
  },
  {
    title: words.webhooks.tries.answer,
    cell: ({ answer, error }) =>
      answer ? (
        <Code className="wraps">{answer}</Code>
      ) : (
        <Text inherit className="wraps">
          {error}
        </Text>
      ),
  },
];

function Event({
  tried: { eventSequence, kind, delivered, replay },
  webhookId,
}: {
  tried: Try;
  webhookId: string;
}) {
  return (
    <>
      {eventSequence
        ? words.webhooks.event(eventSequence, kindName(kind))
        : words.webhooks.tries.test}
      {replay && (
        <Text size="xs" c="dimmed">
          {words.webhooks.tries.again}
        </Text>
      )}
      {eventSequence !== null && delivered && (
        <SendAgain webhookId={webhookId} sequence={eventSequence} />
      )}
    </>
  );
}

function Result({ tried: { delivered, status } }: { tried: Try }) {
  const { delivered: yes, failed: no } = words.webhooks.tries;
  return (
    <Group gap="xs" wrap="nowrap">
      <Mark label={delivered ? yes : no} color={delivered ? 'teal' : 'orange'} />
      {status}
    </Group>
  );
}
