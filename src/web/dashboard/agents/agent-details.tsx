import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { memo } from 'react';
import { UpdateAgentDocument } from '../../generated/app';
import { useSubmitOnce } from '../../session/use-submit-once';
import { useViewer } from '../../session/viewer';
import { Confirm } from '../../ui/confirm';
import { Part } from '../../ui/part';
import { filled, isEmail } from '../../ui/field-rules';
import { Form } from '../../ui/form';
import { Refused, useErrorAt } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { changedValues, useFreshForm } from '../../ui/use-fresh-form';
import { AgentAccessFields, AgentPersonFields, nameMax, type AgentValues } from './agent-fields';
import type { Agent } from './agent-words';
import { words } from '../../words';

/** An agent's name, address, zone, role and sections. A change of permissions or of the address asks for confirmation. */
export const AgentDetails = memo(function AgentDetails({ agent }: { agent: Agent }) {
  const { id: agentId, name, email, timeZone, role, sections } = agent;
  const viewer = useViewer();
  const form = useForm<AgentValues>({
    initialValues: { name, email, timeZone, role, sections },
    validate: { name: filled(nameMax), email: isEmail },
  });
  useFreshForm(form, { name, email, timeZone, role, sections });
  const [isAsked, { open, close }] = useDisclosure();
  const update = useSubmitOnce(UpdateAgentDocument, {
    of: ({ updateAgent }) => updateAgent,
    done() {
      form.resetDirty();
      sayDone(words.agents.details.saved(form.values.name));
      close();
    },
  });
  const send = () => {
    const { values } = form;
    update.send({ input: { agentId, ...changedValues(form, values) } });
  };
  const rights = form.isDirty('role') || form.isDirty('sections');
  const asks = rights || form.isDirty('email');
  const at = useErrorAt(form, update);
  return (
    <Part title={words.agents.details.title}>
      <Form
        isBusy={update.isBusy}
        onSubmit={form.onSubmit(() => {
          update.reset();
          if (asks) open();
          else send();
        })}
      >
        <Stack>
          <AgentPersonFields form={form} errorAt={at} />
          <AgentAccessFields
            form={form}
            zoneDescription={words.agents.details.zoneText}
            errorAt={at}
          />
          {!isAsked && (
            <Refused of={update} fields={['name', 'email', 'timeZone', 'role', 'sections']} />
          )}
          <Group>
            <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
              {words.agents.details.save}
            </Button>
            {form.isDirty() && (
              <Button variant="default" onClick={form.reset}>
                {words.agents.details.undo}
              </Button>
            )}
          </Group>
        </Stack>
      </Form>
      <Confirm
        isOpen={isAsked}
        title={
          rights
            ? words.agents.details.changePermissions(name)
            : words.agents.details.changeEmail(name)
        }
        label={rights ? words.agents.details.submitPermissions : words.agents.details.submitEmail}
        isBusy={update.isBusy}
        onConfirm={send}
        onClose={close}
      >
        <span>{whatChanges(agent, form.values)}</span>
        {viewer.agent?.id === agentId && form.isDirty('role') && (
          <strong>{words.agents.details.self}</strong>
        )}
        <Refused of={update} />
      </Confirm>
    </Part>
  );
});

function whatChanges(agent: Agent, { email, role, sections }: AgentValues): string {
  const parts = [];
  if (email !== agent.email) {
    parts.push(
      agent.status === 'INVITED'
        ? words.agents.details.newLink(email, agent.email)
        : words.agents.details.signsInAs(email, agent.email),
    );
  }
  if (role !== agent.role) {
    parts.push(
      role === 'ACCOUNT_ADMIN'
        ? words.agents.details.becomesAdmin(agent.name)
        : words.agents.details.becomesAgent(agent.name),
    );
  }
  if (sections.some((section) => !agent.sections.includes(section))) {
    parts.push(words.agents.details.sectionsAdded);
  }
  if (agent.sections.some((section) => !sections.includes(section))) {
    parts.push(words.agents.details.sectionsRemoved);
  }
  return parts.join(' ');
}
