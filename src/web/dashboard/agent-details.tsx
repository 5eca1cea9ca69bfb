import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { UpdateAgentDocument } from '../generated/app';
import { useSubmission } from '../session/use-submission';
import { useViewer } from '../session/viewer';
import { Confirm } from '../ui/confirm';
import { Part } from '../ui/part';
import { errorAt, Refused } from '../ui/refused';
import { sayDone } from '../ui/say-done';
import { useFreshForm } from '../ui/use-fresh-form';
import { AgentName, AgentStanding, type AgentValues } from './agent-fields';
import { roleWords, type Agent } from './agent-words';

/** An agent's name, zone, role and sections. A change of what they may is asked about first. */
export function AgentDetails({ agent }: { agent: Agent }) {
  const { id: agentId, name, timeZone, role, sections } = agent;
  const viewer = useViewer();
  const form = useForm<AgentValues>({ initialValues: { name, timeZone, role, sections } });
  useFreshForm(form, { name, timeZone, role, sections });
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
    const names = (Object.keys(values) as (keyof AgentValues)[]).filter((one) => form.isDirty(one));
    const changes = Object.fromEntries(names.map((one) => [one, values[one]]));
    update.send({ input: { agentId, ...changes } });
  };
  const changesRights = form.isDirty('role') || form.isDirty('sections');
  const at = (field: string) => errorAt(update, field);
  return (
    <Part title="Details">
      <form
        onSubmit={form.onSubmit(() => {
          update.forget();
          if (changesRights) open();
          else send();
        })}
      >
        <fieldset disabled={update.isBusy} className="plain">
          <Stack>
            <AgentName form={form} errorAt={at} />
            <AgentStanding
              form={form}
              zoneDescription="Counts from their next day pass on; one that runs keeps its end."
              errorAt={at}
            />
            {!isAsked && <Refused of={update} fields={['name', 'timeZone', 'role', 'sections']} />}
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
        title={`Change what ${name} may do?`}
        label="Change rights"
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

function whatChanges(agent: Agent, { role, sections }: AgentValues): string {
  const parts = [];
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
