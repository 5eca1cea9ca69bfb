import { Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { RotateWebhookSecretDocument } from '../../generated/app';
import { AskingButton } from '../../ui/asking-button';
import { writeInstant } from '../../ui/instant';
import { Part } from '../../ui/part';
import { SecretOnce } from '../../ui/secret-once';
import { words } from '../../words';
import type { Webhook } from './webhook-words';

/** Rotates the secret, and shows the new one once. */
export function WebhookSecret({ webhook: { id, previousSecretUntil } }: { webhook: Webhook }) {
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => setSecret(null);
  return (
    <Part title={words.webhooks.page.secret} says={words.webhooks.page.secretText}>
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
      <Modal
        opened={secret !== null}
        onClose={close}
        size="lg"
        title={words.webhooks.secret.title}
        // A stray click or key must not close the only view of the secret.
        closeOnClickOutside={false}
        closeOnEscape={false}
        withCloseButton={false}
      >
        {secret && <SecretOnce {...words.webhooks.secret} secret={secret} onDone={close} />}
      </Modal>
    </Part>
  );
}
