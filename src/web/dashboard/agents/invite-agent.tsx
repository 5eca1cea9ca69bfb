import { Radio, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog';
import { InviteAgentDocument, type AgentType } from '../../generated/app';
import { useSubmitOnce } from '../../session/use-submit-once';
import { useViewer } from '../../session/viewer';
import { SubmitActs } from '../../ui/dialog-acts';
import { filled, isEmail } from '../../ui/field-rules';
import { Form } from '../../ui/form';
import { Refused, useErrorAt } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { AgentAccessFields, AgentPersonFields, nameMax, type AgentValues } from './agent-fields';
import { choicesOf } from '../../ui/choices';
import { leastSections, usualSections } from './agent-words';
import { LinkToHandOver, type HandedOver } from './invite-link';
import { useMailsGoOut, WhatGoesOut } from './invite-mails';
import { words } from '../../words';

interface Values extends AgentValues {
  type: AgentType;
}

const fields = ['name', 'email', 'timeZone', 'role', 'sections', 'type'];

/** The dialog of an invitation, which is empty each time it opens. */
export function InviteAgent({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      opened={isOpen}
      onClose={onClose}
      size="lg"
      title={words.agents.invite.title}
      // A stray click must not discard what was typed.
      closeOnClickOutside={false}
    >
      <Invitation onClose={onClose} />
    </Dialog>
  );
}

function Invitation({ onClose }: { onClose: () => void }) {
  const { account } = useViewer();
  const mails = useMailsGoOut();
  const [handedOver, setHandedOver] = useState<HandedOver | null>(null);
  const form = useForm<Values>({
    initialValues: {
      name: '',
      email: '',
      type: 'OCCASIONAL',
      role: 'AGENT',
      timeZone: account.timeZone,
      sections: [...leastSections],
    },
    validate: { name: filled(nameMax), email: isEmail },
  });
  const invitation = useSubmitOnce(InviteAgentDocument, {
    of: ({ inviteAgent }) => inviteAgent,
    done({ agent, mailSent, activationLink }) {
      // The link is shown once; the dialog stays open until it was copied.
      if (activationLink) return setHandedOver({ name: agent!.name, link: activationLink });
      sayDone(
        mailSent
          ? words.agents.invite.mailed(agent!.name, agent!.email)
          : words.agents.invite.unmailed(agent!.name),
      );
      onClose();
    },
  });
  const at = useErrorAt(form, invitation);
  if (handedOver) return <LinkToHandOver {...handedOver} onClose={onClose} />;
  const chooseType = (type: AgentType) => {
    // Until somebody chooses sections, they follow the type.
    if (!form.isTouched('sections')) {
      form.setValues({ sections: [...(type === 'OCCASIONAL' ? leastSections : usualSections)] });
    }
    form.setFieldValue('type', type);
  };
  return (
    <Form
      isBusy={invitation.isBusy}
      onSubmit={form.onSubmit((input) => invitation.send({ input }))}
    >
      <Stack>
        <AgentPersonFields form={form} errorAt={at} />
        <Radio.Group
          label={words.agents.fields.type}
          value={form.values.type}
          onChange={chooseType}
          error={at('type')}
        >
          <Stack gap="xs" mt={6}>
            {choicesOf(words.agents.type).map(({ value, label }) => (
              <Radio
                key={value}
                value={value}
                label={label}
                description={words.agents.typeText[value]}
              />
            ))}
          </Stack>
        </Radio.Group>
        <AgentAccessFields
          form={form}
          zoneDescription={words.agents.invite.zoneText}
          errorAt={at}
        />
        <WhatGoesOut mails={mails} />
        <Refused of={invitation} fields={fields} />
        <SubmitActs
          label={words.agents.invite.submit}
          isBusy={invitation.isBusy}
          onCancel={onClose}
        />
      </Stack>
    </Form>
  );
}
