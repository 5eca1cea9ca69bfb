import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { WebhookByIdDocument, type WebhookDetailsFragment } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { Empty } from '../../ui/empty';
import { writeInstant } from '../../ui/write-instant';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { useTitle } from '../../ui/use-title';
import { words } from '../../words';
import { AdminPage } from '../admin-page';
import { BlockedBy, Paused } from './webhook-alerts';
import { Pause, Replay, SendTest } from './webhook-acts';
import { WebhookSecret } from './webhook-secret';
import { WebhookSettings } from './webhook-settings';
import { WebhookStatusMark } from './webhook-status';
import { WebhookTries } from './webhook-tries';

/** Deliveries are in no stream. */
const readEveryMs = 5_000;

/** One webhook: its state, settings, secret and log. */
export function WebhookPage() {
  useTitle(words.webhooks.page.title);
  const { webhookId = '' } = useParams();
  return (
    <AdminPage title={words.webhooks.page.title}>
      <Anchor component={Link} to="/admin/webhooks" size="sm">
        {words.webhooks.page.back}
      </Anchor>
      <OneWebhook key={webhookId} id={webhookId} />
    </AdminPage>
  );
}

function OneWebhook({ id }: { id: string }) {
  const { data, error, refetch } = useApiQuery(
    WebhookByIdDocument,
    { id },
    { everyMs: readEveryMs },
  );
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <RowsToCome rows={8} />;
  // An id of another type has none of the fields.
  const webhook = data.node as Partial<WebhookDetailsFragment> | null;
  if (!isWebhook(webhook)) return <Empty title={words.webhooks.page.notFound} />;
  return (
    <Stack mt="xs">
      <Group gap="sm" wrap="nowrap">
        <WebhookStatusMark webhook={webhook} />
        <Text fw={500} className="wraps" style={{ overflowWrap: 'anywhere' }}>
          {webhook.url}
        </Text>
      </Group>
      <Paused webhook={webhook} />
      <BlockedBy webhook={webhook} />
      <Part title={words.webhooks.page.facts} description={factsOf(webhook)}>
        <Group>
          <SendTest webhook={webhook} />
          <Replay webhook={webhook} />
          <Pause webhook={webhook} />
        </Group>
      </Part>
      <WebhookTries id={id} />
      <WebhookSettings webhook={webhook} />
      <WebhookSecret webhook={webhook} />
    </Stack>
  );
}

function isWebhook(node: Partial<WebhookDetailsFragment> | null): node is WebhookDetailsFragment {
  return node?.url !== undefined;
}

function factsOf({ waiting, replaying, lastSuccessAt }: WebhookDetailsFragment): string {
  return [
    words.webhooks.page.waiting(waiting),
    replaying ? words.webhooks.page.replaying : '',
    lastSuccessAt ? words.webhooks.page.lastSuccess(writeInstant(lastSuccessAt)) : '',
  ]
    .filter(Boolean)
    .join(' ');
}
