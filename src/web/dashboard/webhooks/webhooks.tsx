import { Anchor, Button, Code, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { WebhooksDocument, type WebhookRowFragment } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { useTitle } from '../../ui/use-title';
import { words } from '../../words';
import { AdminPage } from '../admin-page';
import { NewWebhook } from './new-webhook';
import { WebhookStatusMark } from './webhook-status';
import { kindsName } from './webhook-words';

/** Deliveries are in no stream. */
const readEveryMs = 5_000;

/** The account's webhooks. */
export function Webhooks() {
  useTitle(words.webhooks.title);
  const [isMaking, { open, close }] = useDisclosure();
  return (
    <AdminPage
      title={words.webhooks.title}
      acts={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          {words.webhooks.add}
        </Button>
      }
    >
      <WebhookList />
      <NewWebhook isOpen={isMaking} onClose={close} />
    </AdminPage>
  );
}

function WebhookList() {
  const { data, error, refetch } = useApiQuery(WebhooksDocument, {}, { everyMs: readEveryMs });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data?.webhookEndpoints) return <RowsToCome />;
  const { edges } = data.webhookEndpoints;
  if (edges.length === 0) return <NoWebhooks />;
  return (
    <DataTable
      caption={words.webhooks.title}
      columns={columns}
      rows={edges.map(({ node }) => node)}
    />
  );
}

function NoWebhooks() {
  return (
    <Empty title={words.webhooks.none}>
      {words.webhooks.noneText}
      <Stack gap={4} mt="md" component="span" align="center">
        <span>{words.webhooks.noneCommand}</span>
        <Code className="wraps">{words.webhooks.command(location.origin)}</Code>
      </Stack>
    </Empty>
  );
}

const columns: Column<WebhookRowFragment>[] = [
  { title: words.webhooks.columns.endpoint, cell: (webhook) => <Endpoint webhook={webhook} /> },
  {
    title: words.webhooks.columns.state,
    cell: (webhook) => <WebhookStatusMark webhook={webhook} />,
  },
  {
    title: words.webhooks.columns.waiting,
    isNumber: true,
    cell: ({ waiting }) => words.webhooks.waiting(waiting),
  },
  {
    title: words.webhooks.columns.lastSuccess,
    cell: ({ lastSuccessAt }) =>
      lastSuccessAt ? <Instant at={lastSuccessAt} /> : words.webhooks.never,
  },
  {
    title: words.webhooks.columns.kinds,
    cell: ({ kinds }) => <div className="wraps">{kindsName(kinds)}</div>,
  },
];

function Endpoint({ webhook: { id, url, description } }: { webhook: WebhookRowFragment }) {
  return (
    <div className="address">
      <Anchor component={Link} to={`/admin/webhooks/${encodeURIComponent(id)}`} inherit fw={500}>
        {url}
      </Anchor>
      {description && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
    </div>
  );
}
