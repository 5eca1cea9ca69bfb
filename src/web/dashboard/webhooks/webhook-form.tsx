import { MultiSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Submission } from '../../session/use-submit-once';
import { isWebAddress } from '../../ui/field-rules';
import { errorAt } from '../../ui/refused';
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
    validate: { url: isWebAddress },
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
  return (
    <>
      <TextInput
        label={words.webhooks.form.url}
        description={words.webhooks.form.urlText}
        required
        type="url"
        maxLength={2_000}
        {...form.getInputProps('url')}
        error={errorAt(of, 'url') ?? form.errors.url}
      />
      <TextInput
        label={words.webhooks.form.description}
        maxLength={200}
        {...form.getInputProps('description')}
        error={errorAt(of, 'description')}
      />
      <MultiSelect
        label={words.webhooks.form.kinds}
        description={words.webhooks.form.kindsText}
        data={kindChoices}
        {...form.getInputProps('kinds')}
        error={errorAt(of, 'kinds')}
      />
    </>
  );
}
