import { Button, Group, Stack, Text } from '@mantine/core';
import { useNavigate } from 'react-router';
import { DeleteWebhookEndpointDocument, UpdateWebhookEndpointDocument } from '../../generated/app';
import { useSubmitOnce } from '../../session/use-submit-once';
import { AskingButton } from '../../ui/asking-button';
import { Form } from '../../ui/form';
import { Part } from '../../ui/part';
import { Refused } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { changedValues, useFreshForm } from '../../ui/use-fresh-form';
import { words } from '../../words';
import type { Webhook } from './webhook-words';
import { useWebhookForm, WebhookFields, webhookFields } from './webhook-form';

/** URL, description and kinds of a webhook, and its deletion. */
export function WebhookSettings({ webhook }: { webhook: Webhook }) {
  const { id, url, description, kinds } = webhook;
  const present = { url, description: description ?? '', kinds };
  const form = useWebhookForm(present);
  useFreshForm(form, { of: `webhook ${id}`, present });
  const update = useSubmitOnce(UpdateWebhookEndpointDocument, {
    of: ({ updateWebhookEndpoint }) => updateWebhookEndpoint,
    done() {
      form.resetDirty();
      sayDone(words.webhooks.form.saved);
    },
  });
  return (
    <Part title={words.webhooks.page.settings}>
      <Form
        isBusy={update.isBusy}
        onSubmit={form.onSubmit((values) =>
          update.send({ input: { endpointId: id, ...changedValues(form, values) } }),
        )}
      >
        <Stack>
          <WebhookFields form={form} of={update} />
          <Refused of={update} fields={webhookFields} />
          <Group justify="space-between">
            <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
              {words.webhooks.form.save}
            </Button>
            <Remove id={id} />
          </Group>
        </Stack>
      </Form>
    </Part>
  );
}

function Remove({ id }: { id: string }) {
  const navigate = useNavigate();
  return (
    <AskingButton
      label={words.webhooks.remove}
      title={words.webhooks.removeTitle}
      isDangerous
      document={DeleteWebhookEndpointDocument}
      variables={{ input: { endpointId: id } }}
      of={({ deleteWebhookEndpoint }) => deleteWebhookEndpoint}
      done={() => {
        sayDone(words.webhooks.removed);
        void navigate('/admin/webhooks');
      }}
    >
      <Text>{words.webhooks.removeText}</Text>
    </AskingButton>
  );
}
