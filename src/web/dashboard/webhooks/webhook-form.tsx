import { MultiSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Submission } from '../../session/use-submit-once';
import { atMost, webAddress } from '../../ui/field-rules';
import { useErrorAt } from '../../ui/refused';
import { words } from '../../words';
import { kindChoices } from './webhook-words';

export interface WebhookValues {
  url: string;
  description: string;
  kinds: string[];
}

/** Fields with a place of their own for what the service refuses. */
export const webhookFields = ['url', 'description', 'kinds'];

export function useWebhookForm(initialValues: WebhookValues) {
  return useForm<WebhookValues>({
    initialValues,
    validate: { url: webAddress(2_000), description: atMost(200) },
  });
}

/** The settings of a webhook. */
export function WebhookFields({
  form,
  of,
}: {
  form: ReturnType<typeof useWebhookForm>;
  of: Pick<Submission<never>, 'fault' | 'refusals'>;
}) {
  const at = useErrorAt(form, of);
  return (
    <>
      <TextInput
        label={words.webhooks.form.url}
        description={words.webhooks.form.urlText}
        required
        type="url"
        {...form.getInputProps('url')}
        error={at('url')}
      />
      <TextInput
        label={words.webhooks.form.description}
        {...form.getInputProps('description')}
        error={at('description')}
      />
      <MultiSelect
        label={words.webhooks.form.kinds}
        description={words.webhooks.form.kindsText}
        data={kindChoices}
        {...form.getInputProps('kinds')}
        error={at('kinds')}
      />
    </>
  );
}
