import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { memo, useState } from 'react';
import { UpdateAgentDocument, type Section } from '../../generated/app';
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
import { Facts } from '../ledger/ledger-facts';
import { sections, type Agent } from './agent-words';
import { words } from '../../words';

/** An agent's zone, role and sections, and the form that changes them, the name and the address. */
export const AgentDetails = memo(function AgentDetails({ agent }: { agent: Agent }) {
  const [form, setForm] = useState<'unopened' | 'open' | 'left'>('unopened');
  return (
    <Part title={words.agents.details.title}>
      {form === 'open' ? (
        <DetailsForm agent={agent} onLeave={() => setForm('left')} />
      ) : (
        <>
          <Facts facts={factsOf(agent)} />
          <div>
            {/* After the form, the focus is where it was before. */}
            <Button variant="default" autoFocus={form === 'left'} onClick={() => setForm('open')}>
              {words.agents.details.change}
            </Button>
          </div>
        </>
      )}
    </Part>
  );
});

function factsOf({ timeZone, role, sections: granted }: Agent) {
  const names = sections.filter((one) => granted.includes(one)).map(nameOfSection);
  return [
    [words.agents.fields.timeZone, timeZone],
    [words.agents.fields.role, words.agents.role[role]],
    [words.agents.fields.sections, names.join(', ') || words.agents.sectionsNone],
  ] as const;
}

function nameOfSection(section: Section): string {
  return words.agents.section[section];
}

/** A change of permissions or of the address asks for confirmation. */
function DetailsForm({ agent, onLeave }: { agent: Agent; onLeave: () => void }) {
  const { id: agentId, name, email, timeZone, role, sections: granted } = agent;
  const viewer = useViewer();
  const present = { name, email, timeZone, role, sections: granted };
  const form = useForm<AgentValues>({
    initialValues: present,
    validate: { name: filled(nameMax), email: isEmail },
  });
  useFreshForm(form, { of: `agent ${agentId}`, present });
  const [isAsked, { open, close }] = useDisclosure();
  const update = useSubmitOnce(UpdateAgentDocument, {
    of: ({ updateAgent }) => updateAgent,
    done() {
      sayDone(words.agents.details.saved(form.values.name));
      onLeave();
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
    <>
      <Form
        isBusy={update.isBusy}
        onSubmit={form.onSubmit(() => {
          update.reset();
          if (asks) open();
          else send();
        })}
      >
        <Stack>
          <AgentPersonFields form={form} errorAt={at} takesFocus />
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
            <Button variant="default" onClick={onLeave}>
              {words.ui.cancel}
            </Button>
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
    </>
  );
}

function whatChanges(agent: Agent, { email, role, sections: wanted }: AgentValues): string {
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
  if (wanted.some((section) => !agent.sections.includes(section))) {
    parts.push(words.agents.details.sectionsAdded);
  }
  if (agent.sections.some((section) => !wanted.includes(section))) {
    parts.push(words.agents.details.sectionsRemoved);
  }
  return parts.join(' ');
}
