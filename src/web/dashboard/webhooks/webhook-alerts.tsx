import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause } from '@tabler/icons-react';
import { SkipWebhookEventDocument } from '../../generated/app';
import { AskingButton } from '../../ui/asking-button';
import { writeInstant } from '../../ui/write-instant';
import { sayDone } from '../../ui/say-done';
import { words } from '../../words';
import { kindName, type Webhook } from './webhook-words';
import { Resume } from './webhook-acts';

/** Since when nothing is sent, and how to continue. */
export function Paused({ webhook }: { webhook: Webhook }) {
  const { state, pausedAt } = webhook;
  if (state === 'ACTIVE' || !pausedAt) return null;
  const since = writeInstant(pausedAt);
  const isFailing = state === 'PAUSED_FAILING';
  return (
    <Alert
      color={isFailing ? 'red' : 'gray'}
      variant="outline"
      icon={<IconPlayerPause aria-hidden />}
      role="status"
    >
      <Group justify="space-between">
        <Text inherit flex={1} miw={200}>
          {isFailing ? words.webhooks.pausedFailing(since) : words.webhooks.paused(since)}
        </Text>
        <Resume webhook={webhook} label={words.webhooks.resume} />
      </Group>
    </Alert>
  );
}

/** The event in front that fails, with what an admin can do about it. */
export function BlockedBy({ webhook }: { webhook: Webhook }) {
  const { id, state, blockedBy, failingSince, nextTryAt } = webhook;
  if (!blockedBy || !failingSince) return null;
  const { sequence, __typename: kind } = blockedBy;
  const event = words.webhooks.event(sequence, kindName(kind));
  return (
    <Alert color="orange" variant="outline" icon={<IconAlertTriangle aria-hidden />} role="status">
      <Stack gap="xs">
        <Text inherit>
          {words.webhooks.blocked(event, writeInstant(failingSince))}
          {nextTryAt && ` ${words.webhooks.nextTry(writeInstant(nextTryAt))}`}
        </Text>
        <Group>
          {state === 'ACTIVE' && <Resume webhook={webhook} label={words.webhooks.tryNow} />}
          <AskingButton
            label={words.webhooks.skip}
            title={words.webhooks.skipTitle}
            size="xs"
            isDangerous
            document={SkipWebhookEventDocument}
            variables={{ input: { endpointId: id, sequence } }}
            of={({ skipWebhookEvent }) => skipWebhookEvent}
            done={() => sayDone(words.webhooks.skipped)}
          >
            <Text>{event}</Text>
            <Text>{words.webhooks.skipText}</Text>
          </AskingButton>
        </Group>
      </Stack>
    </Alert>
  );
}
