import { Alert, Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState, type ReactNode } from 'react';
import { writeZone } from '../../../core/notation/zone';
import { pageLanguage } from '../../format/language';
import { instantOf, pageZoneName } from '../../format/zone';
import {
  CreateApiKeyDocument,
  type CreateApiKeyInput,
  type WhenNoDayPass,
} from '../../generated/app';
import { useSubmitOnce } from '../../session/use-submit-once';
import { SubmitActs } from '../../ui/dialog-acts';
import { atMost } from '../../ui/field-rules';
import { isHalfDate } from '../../ui/half-date';
import { Form } from '../../ui/form';
import { Refused, useErrorAt } from '../../ui/refused';
import { AgentSelect, type AgentChoice } from '../agent-select';
import { serviceScopes } from './key-words';
import { words } from '../../words';

interface Values {
  kind: 'AGENT' | 'SERVICE';
  name: string;
  agent: AgentChoice | null;
  whenNoDayPass: WhenNoDayPass | null;
  scopes: string[];
  /** In the account's time, as the field has it; '' for never. */
  endsAt: string;
}

const fields = ['name', 'agentId', 'scopes', 'expiresAt'];

/** The form of a new key: agent or service, name, scopes and end. */
export function NewKeyForm({
  onMade,
  onCancel,
}: {
  onMade: (secret: string) => void;
  onCancel: () => void;
}) {
  const form = useKeyForm();
  const making = useSubmitOnce(CreateApiKeyDocument, {
    of: ({ createApiKey }) => createApiKey,
    done: ({ secret }) => secret && onMade(secret),
  });
  const { kind } = form.values;
  const isUnanswered = making.unanswered !== null && making.fault?.code !== 'RATE_LIMITED';
  // The request has no idempotency key, so to send it again may create a second key. No later refusal
  // says whether an earlier try has created one.
  const [mayExist, setMayExist] = useState(false);
  if (isUnanswered && !mayExist) setMayExist(true);
  const at = useErrorAt(form, making, { agent: 'agentId', endsAt: 'expiresAt' });
  // The service compares the end with its own clock, and refuses it for no other reason.
  const wrongEnd = at('endsAt');
  const isPast = wrongEnd !== undefined && wrongEnd !== form.errors.endsAt;
  return (
    <Form
      isBusy={making.isBusy}
      onSubmit={form.onSubmit((values) => {
        // Half an end would be sent as no end at all.
        if (isHalfDate(form, 'endsAt')) return form.setFieldError('endsAt', words.ui.fields.date);
        making.send({ input: inputOf(values) });
      })}
    >
      <Stack>
        <Radio.Group label={words.keys.form.kind} {...form.getInputProps('kind')}>
          <Stack gap="xs" mt={6}>
            <Radio
              value="AGENT"
              label={words.keys.form.ofAgent}
              description={words.keys.form.ofAgentText}
            />
            <Radio
              value="SERVICE"
              label={words.keys.form.service}
              description={words.keys.form.serviceText}
            />
          </Stack>
        </Radio.Group>
        <TextInput
          label={words.keys.form.name}
          description={words.keys.form.nameText}
          required
          {...form.getInputProps('name')}
          error={at('name')}
        />
        {kind === 'AGENT' ? <OfAgent form={form} error={at('agent')} /> : null}
        <Scopes form={form} error={at('scopes')} />
        <TextInput
          label={words.keys.form.expires}
          type="datetime-local"
          description={words.keys.form.expiresText(writeZone(pageZoneName(), pageLanguage))}
          {...form.getInputProps('endsAt')}
          error={isPast ? words.keys.form.expiresPast : wrongEnd}
        />
        {mayExist && (
          <Alert color="red" variant="outline" role="alert">
            {words.keys.form.unanswered}
          </Alert>
        )}
        {!isUnanswered && <Refused of={making} fields={fields} />}
        <SubmitActs label={words.keys.form.submit} isBusy={making.isBusy} onCancel={onCancel} />
      </Stack>
    </Form>
  );
}

function useKeyForm() {
  return useForm<Values>({
    initialValues: {
      kind: 'AGENT',
      name: '',
      agent: null,
      whenNoDayPass: null,
      scopes: [],
      endsAt: '',
    },
    validate: {
      name: (name) => (name.trim() ? atMost(200)(name) : words.keys.form.nameMissing),
      agent: (agent, { kind }) =>
        kind === 'AGENT' && !agent ? words.keys.form.agentMissing : null,
      whenNoDayPass: (choice, { kind }) =>
        kind === 'AGENT' && !choice ? words.keys.form.choiceMissing : null,
      scopes: (scopes, { kind }) =>
        kind === 'SERVICE' && scopes.length === 0 ? words.keys.form.scopesMissing : null,
    },
  });
}

type KeyForm = ReturnType<typeof useKeyForm>;

function OfAgent({ form, error }: { form: KeyForm; error: ReactNode }) {
  const { agent } = form.values;
  return (
    <>
      <AgentSelect
        label={words.keys.form.agent}
        placeholder={words.keys.form.agentPlaceholder}
        isRequired
        chosen={agent}
        error={error}
        onChoose={(chosen) => form.setFieldValue('agent', chosen)}
      />
      <Radio.Group
        label={words.keys.form.whenNoDayPass}
        description={
          agent?.type === 'FULL_TIME'
            ? words.keys.form.whenNoDayPassFullTime
            : words.keys.form.whenNoDayPassText
        }
        required
        {...form.getInputProps('whenNoDayPass')}
      >
        <Stack gap="xs" mt={6}>
          {(['REJECT', 'CONSUME'] as const).map((value) => (
            <Radio
              key={value}
              value={value}
              label={words.keys.whenNoDayPass[value]}
              description={words.keys.whenNoDayPassText[value]}
            />
          ))}
        </Stack>
      </Radio.Group>
    </>
  );
}

function Scopes({ form, error }: { form: KeyForm; error: ReactNode }) {
  const isService = form.values.kind === 'SERVICE';
  const scopes = Object.keys(words.keys.scope).filter(
    (scope) => isService || !serviceScopes.includes(scope),
  );
  return (
    <Checkbox.Group
      label={words.keys.form.scopes}
      description={isService ? words.keys.form.scopesText : words.keys.form.scopesOfAgent}
      required={isService}
      {...form.getInputProps('scopes')}
      error={error}
    >
      <Stack gap="xs" mt={6}>
        {scopes.map((scope) => (
          <Checkbox key={scope} value={scope} label={words.keys.scope[scope]} description={scope} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function inputOf({ kind, name, agent, whenNoDayPass, scopes, endsAt }: Values): CreateApiKeyInput {
  const common = { name: name.trim(), expiresAt: instantOf(endsAt) };
  if (kind === 'SERVICE') return { ...common, scopes };
  const named = scopes.filter((scope) => !serviceScopes.includes(scope));
  return {
    ...common,
    agentId: agent!.id,
    scopes: named.length > 0 ? named : null,
    whenNoDayPass: whenNoDayPass!,
  };
}
