import { Text } from '@mantine/core';
import { useState } from 'react';
import { RotateWebhookSecretDocument } from '../../generated/app';
import { AskingButton } from '../../ui/asking-button';
import { writeInstant } from '../../ui/write-instant';
import { Part } from '../../ui/part';
import { SecretDialog } from '../../ui/secret-dialog';
import { words } from '../../words';
import type { Webhook } from './webhook-words';

/** Rotates the secret, and shows the new one once. */
export function WebhookSecret({ webhook: { id, previousSecretUntil } }: { webhook: Webhook }) {
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Part title={words.webhooks.page.secret} description={words.webhooks.page.secretText}>
      {previousSecretUntil && (
        <Text size="sm">
          {words.webhooks.page.previousUntil(writeInstant(previousSecretUntil))}
        </Text>
      )}
      <div>
        <AskingButton
          label={words.webhooks.rotate}
          title={words.webhooks.rotateTitle}
          document={RotateWebhookSecretDocument}
          variables={{ input: { endpointId: id } }}
          of={({ rotateWebhookSecret }) => rotateWebhookSecret}
          done={(payload) => setSecret(payload.secret ?? null)}
        >
          <Text>{words.webhooks.rotateText}</Text>
        </AskingButton>
      </div>
      <SecretDialog
        isOpen={secret !== null}
        secret={secret}
        texts={words.webhooks.secret}
        onClose={() => setSecret(null)}
      />
    </Part>
  );
}
