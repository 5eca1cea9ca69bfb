import { Button, Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  CreateApiKeyDocument,
  type CreateApiKeyInput,
  type WhenNoDayPass,
} from '../../generated/app';
import { useSubmission } from '../../session/use-submission';
import { errorAt, Refused } from '../../ui/refused';
import { AgentSelect, type AgentChoice } from '../agent-select';
import { scopeWords, serviceScope, whenNoDayPassWords } from './key-words';

interface Values {
  kind: 'AGENT' | 'SERVICE';
  name: string;
  agent: AgentChoice | null;
  whenNoDayPass: WhenNoDayPass | null;
  scopes: string[];
  /** As the field has it: the reader's own wall clock; '' for never. */
  endsAt: string;
}

const fields = ['name', 'agentId', 'scopes', 'expiresAt'];

/** Whose key, what it may, what it costs, until when. */
export function NewKeyForm({
  onMade,
  onCancel,
}: {
  onMade: (secret: string) => void;
  onCancel: () => void;
}) {
  const form = useKeyForm();
  const making = useSubmission(CreateApiKeyDocument, {
    of: ({ createApiKey }) => createApiKey,
    done: ({ secret }) => secret && onMade(secret),
  });
  const { kind } = form.values;
  const at = (field: string) => errorAt(making, field);
  return (
    <form onSubmit={form.onSubmit((values) => making.send({ input: inputOf(values) }))} noValidate>
      <fieldset disabled={making.isBusy} className="plain">
        <Stack>
          <Radio.Group label="Kind" {...form.getInputProps('kind')}>
            <Stack gap="xs" mt={6}>
              <Radio
                value="AGENT"
                label="A key of an agent"
                description="For workflows and apps that work as one agent, with at most that agent’s rights."
              />
              <Radio
                value="SERVICE"
                label="A service key"
                description="For a partner’s server or an export. It is no agent, and never takes a day pass."
              />
            </Stack>
          </Radio.Group>
          <TextInput
            label="Name"
            description="What it is for, so that it is known again."
            required
            maxLength={200}
            {...form.getInputProps('name')}
            error={at('name') ?? form.errors.name}
          />
          {kind === 'AGENT' ? <OfAgent form={form} error={at('agentId')} /> : null}
          <Scopes form={form} error={at('scopes')} />
          <TextInput
            label="Ends"
            type="datetime-local"
            description="By your own clock. Left empty, it is good until it is revoked."
            {...form.getInputProps('endsAt')}
            error={at('expiresAt')}
          />
          <Refused of={making} fields={fields} />
          <Group justify="end">
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button type="submit" loading={making.isBusy}>
              Make the key
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </form>
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
      name: (name) => (name.trim() ? null : 'Give it a name.'),
      agent: (agent, { kind }) => (kind === 'AGENT' && !agent ? 'Choose whose key it is.' : null),
      whenNoDayPass: (choice, { kind }) =>
        kind === 'AGENT' && !choice ? 'Choose one: it decides what the integration costs.' : null,
      scopes: (scopes, { kind }) =>
        kind === 'SERVICE' && scopes.length === 0 ? 'Choose at least one.' : null,
    },
  });
}

type Form = ReturnType<typeof useKeyForm>;

function OfAgent({ form, error }: { form: Form; error?: string }) {
  const { agent } = form.values;
  return (
    <>
      <AgentSelect
        label="Agent"
        placeholder="Name or e-mail"
        isRequired
        chosen={agent}
        error={error ?? String(form.errors.agent ?? '')}
        onChoose={(chosen) => form.setFieldValue('agent', chosen)}
      />
      <Radio.Group
        label="When a request needs a day pass and the agent has none"
        description={
          agent?.type === 'FULL_TIME'
            ? 'A full-time agent needs none: this counts from the day that they become occasional.'
            : 'This decides whether the integration costs a pass.'
        }
        required
        {...form.getInputProps('whenNoDayPass')}
      >
        <Stack gap="xs" mt={6}>
          {(['REJECT', 'CONSUME'] as const).map((value) => (
            <Radio
              key={value}
              value={value}
              label={whenNoDayPassWords[value].says}
              description={whenNoDayPassWords[value].means}
            />
          ))}
        </Stack>
      </Radio.Group>
    </>
  );
}

function Scopes({ form, error }: { form: Form; error?: string }) {
  const isService = form.values.kind === 'SERVICE';
  const scopes = Object.keys(scopeWords).filter((scope) => isService || scope !== serviceScope);
  return (
    <Checkbox.Group
      label="Scopes"
      description={
        isService
          ? 'What it may. Choose as few as will do.'
          : 'What it may of what the agent may. None chosen: all of it.'
      }
      required={isService}
      {...form.getInputProps('scopes')}
      error={error ?? form.errors.scopes}
    >
      <Stack gap="xs" mt={6}>
        {scopes.map((scope) => (
          <Checkbox key={scope} value={scope} label={scopeWords[scope]} description={scope} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function inputOf({ kind, name, agent, whenNoDayPass, scopes, endsAt }: Values): CreateApiKeyInput {
  const common = { name: name.trim(), expiresAt: endsAt ? new Date(endsAt).toISOString() : null };
  if (kind === 'SERVICE') return { ...common, scopes };
  const named = scopes.filter((scope) => scope !== serviceScope);
  return {
    ...common,
    agentId: agent!.id,
    scopes: named.length > 0 ? named : null,
    whenNoDayPass: whenNoDayPass!,
  };
}
