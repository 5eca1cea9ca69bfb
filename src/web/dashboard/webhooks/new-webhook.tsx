import { Alert, Stack } from '@mantine/core';
import { useState } from 'react';
import { CreateWebhookEndpointDocument } from '../../generated/app';
import { useSubmitOnce } from '../../session/use-submit-once';
import { SubmitActs } from '../../ui/dialog-acts';
import { Form } from '../../ui/form';
import { Refused } from '../../ui/refused';
import { SecretDialog } from '../../ui/secret-dialog';
import { words } from '../../words';
import { useWebhookForm, WebhookFields, webhookFields } from './webhook-form';

/** Creates a webhook, and shows its secret once. */
export function NewWebhook({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => {
    setSecret(null);
    onClose();
  };
  return (
    <SecretDialog
      isOpen={isOpen}
      title={words.webhooks.add}
      secret={secret}
      texts={words.webhooks.secret}
      onClose={close}
    >
      <NewWebhookForm onMade={setSecret} onCancel={close} />
    </SecretDialog>
  );
}

function NewWebhookForm({
  onMade,
  onCancel,
}: {
  onMade: (secret: string) => void;
  onCancel: () => void;
}) {
  const form = useWebhookForm({ url: '', description: '', kinds: [] });
  const making = useSubmitOnce(CreateWebhookEndpointDocument, {
    of: ({ createWebhookEndpoint }) => createWebhookEndpoint,
    done: ({ secret }) => secret && onMade(secret),
  });
  const isUnanswered = making.unanswered !== null && making.fault?.code !== 'RATE_LIMITED';
  // The request has no idempotency key, so to send it again may create a second webhook.
  const [mayExist, setMayExist] = useState(false);
  if (isUnanswered && !mayExist) setMayExist(true);
  return (
    <Form isBusy={making.isBusy} onSubmit={form.onSubmit((input) => making.send({ input }))}>
      <Stack>
        <WebhookFields form={form} of={making} />
        {mayExist && (
          <Alert color="red" variant="outline" role="alert">
            {words.webhooks.form.unanswered}
          </Alert>
        )}
        {!isUnanswered && <Refused of={making} fields={webhookFields} />}
        <SubmitActs label={words.webhooks.form.create} isBusy={making.isBusy} onCancel={onCancel} />
      </Stack>
    </Form>
  );
}
