import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { InviteAgentDocument, type AgentType } from '../../generated/app';
import { useSubmission } from '../../session/use-submission';
import { useViewer } from '../../session/viewer';
import { errorAt, Refused } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { AgentName, AgentAccessFields, type AgentValues } from './agent-fields';
import { choicesOf, typeMeanings, typeWords, usualSections } from './agent-words';
import { LinkToHandOver, type HandedOver } from './invite-link';
import { useMailsGoOut, WhatGoesOut } from './invite-mails';

interface Values extends AgentValues {
  email: string;
  type: AgentType;
}

const fields = ['name', 'email', 'timeZone', 'role', 'sections', 'type'];

/** Asks for whom to invite, in a dialog that is new each time. */
export function InviteAgent({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size="lg"
      title="Invite an agent"
      closeButtonProps={{ 'aria-label': 'Close' }}
      // What has been typed is not lost to a stray click.
      closeOnClickOutside={false}
    >
      <Invitation onClose={onClose} />
    </Modal>
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
      sections: usualSections,
    },
  });
  const invitation = useSubmission(InviteAgentDocument, {
    of: ({ inviteAgent }) => inviteAgent,
    done({ agent, mailSent, activationLink }) {
      // The link is shown once; the dialog stays until it has been taken.
      if (activationLink) return setHandedOver({ name: agent!.name, link: activationLink });
      sayDone(
        mailSent
          ? `${agent?.name} is invited. A link is on its way to ${agent?.email}.`
          : `${agent?.name} is invited. No mail was sent.`,
      );
      onClose();
    },
  });
  if (handedOver) return <LinkToHandOver {...handedOver} onClose={onClose} />;
  const at = (field: string) => errorAt(invitation, field);
  return (
    <form onSubmit={form.onSubmit((input) => invitation.send({ input }))}>
      <fieldset disabled={invitation.isBusy} className="plain">
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
          <Radio.Group label="Type" {...form.getInputProps('type')} error={at('type')}>
            <Stack gap="xs" mt={6}>
              {choicesOf(typeWords).map(({ value, label }) => (
                <Radio key={value} value={value} label={label} description={typeMeanings[value]} />
              ))}
            </Stack>
          </Radio.Group>
          <AgentAccessFields
            form={form}
            zoneDescription="Midnight there ends their day passes."
            errorAt={at}
          />
          <WhatGoesOut mails={mails} />
          <Refused of={invitation} fields={fields} />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={invitation.isBusy}>
              Invite
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}
