import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { UpdateAgentDocument } from '../../generated/app';
import { useSubmission } from '../../session/use-submission';
import { useViewer } from '../../session/viewer';
import { Confirm } from '../../ui/confirm';
import { Part } from '../../ui/part';
import { errorAt, Refused } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { useFreshForm } from '../../ui/use-fresh-form';
import { AgentName, AgentAccessFields, type AgentValues } from './agent-fields';
import { roleWords, type Agent } from './agent-words';

type DetailValues = AgentValues & { email: string };

/** An agent's name, address, zone, role and sections. A change of what they may, or of how they sign in, is asked about first. */
export function AgentDetails({ agent }: { agent: Agent }) {
  const { id: agentId, name, email, timeZone, role, sections } = agent;
  const viewer = useViewer();
  const form = useForm<DetailValues>({
    initialValues: { name, email, timeZone, role, sections },
  });
  useFreshForm(form, { name, email, timeZone, role, sections });
  const [isAsked, { open, close }] = useDisclosure();
  const update = useSubmission(UpdateAgentDocument, {
    of: ({ updateAgent }) => updateAgent,
    done() {
      form.resetDirty();
      sayDone(`${form.values.name} is changed.`);
      close();
    },
  });
  const send = () => {
    const { values } = form;
    // Only what was touched: another admin may have changed the rest meanwhile.
    const names = (Object.keys(values) as (keyof DetailValues)[]).filter((one) =>
      form.isDirty(one),
    );
    const changes = Object.fromEntries(names.map((one) => [one, values[one]]));
    update.send({ input: { agentId, ...changes } });
  };
  const rights = form.isDirty('role') || form.isDirty('sections');
  const asks = rights || form.isDirty('email');
  const at = (field: string) => errorAt(update, field);
  return (
    <Part title="Details">
      <form
        onSubmit={form.onSubmit(() => {
          update.forget();
          if (asks) open();
          else send();
        })}
      >
        <fieldset disabled={update.isBusy} className="plain">
          <Stack>
            <AgentName form={form} errorAt={at} />
            <TextInput
              label="E-mail"
              type="email"
              required
              maxLength={254}
              {...form.getInputProps('email')}
              error={at('email')}
            />
            <AgentAccessFields
              form={form}
              zoneDescription="Counts from their next day pass on; one that runs keeps its end."
              errorAt={at}
            />
            {!isAsked && (
              <Refused of={update} fields={['name', 'email', 'timeZone', 'role', 'sections']} />
            )}
            <Group>
              <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
                Save changes
              </Button>
              {form.isDirty() && (
                <Button variant="default" onClick={form.reset}>
                  Undo
                </Button>
              )}
            </Group>
          </Stack>
        </fieldset>
      </form>
      <Confirm
        isOpen={isAsked}
        title={rights ? `Change what ${name} may do?` : `Change the address of ${name}?`}
        label={rights ? 'Change rights' : 'Change address'}
        isBusy={update.isBusy}
        onConfirm={send}
        onClose={close}
      >
        <span>{whatChanges(agent, form.values)}</span>
        {viewer.agent?.id === agentId && form.isDirty('role') && (
          <strong>This is you: you will not administer the account any more.</strong>
        )}
        <Refused of={update} />
      </Confirm>
    </Part>
  );
}

function whatChanges(agent: Agent, { email, role, sections }: DetailValues): string {
  const parts = [];
  if (email !== agent.email) {
    parts.push(
      agent.status === 'INVITED'
        ? `A new link goes to ${email}, and the link that was sent to ${agent.email} ends.`
        : `They sign in as ${email} from now on. ${agent.email} is free again and receives a mail about it.`,
    );
  }
  if (role !== agent.role) {
    parts.push(
      role === 'ACCOUNT_ADMIN'
        ? `${agent.name} becomes an ${roleWords[role].toLowerCase()}: agents, day passes and settings are theirs to change.`
        : `${agent.name} no longer administers the account.`,
    );
  }
  if (sections.some((section) => !agent.sections.includes(section))) {
    parts.push('New sections are open to them at once.');
  }
  if (agent.sections.some((section) => !sections.includes(section))) {
    parts.push('Sections that are taken away close at once, also where they are open now.');
  }
  return parts.join(' ');
}
