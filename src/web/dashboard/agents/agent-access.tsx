import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import {
  DeactivateAgentDocument,
  DeleteAgentDocument,
  InviteAgentDocument,
  ReactivateAgentDocument,
  UnlinkAgentIdentitiesDocument,
} from '../../generated/app';
import { Dialog } from '../../ui/dialog';
import { useViewer } from '../../session/viewer';
import { AskingButton } from '../../ui/asking-button';
import { Part } from '../../ui/part';
import { sayDone } from '../../ui/say-done';
import type { Agent } from './agent-words';
import { LinkToHandOver } from './invite-link';
import { useMailsGoOut, WhatGoesOut } from './invite-mails';
import { messageOfTickets, useOpenTickets } from './open-tickets';
import { words } from '../../words';

/** Whether an agent can sign in, and the actions that change it. */
export function AgentAccess({ agent }: { agent: Agent }) {
  const { status } = agent;
  return (
    <Part title={words.agents.access.title} description={words.agents.statusText[status]}>
      <Group gap="sm">
        {status === 'INVITED' && <InviteAgain agent={agent} />}
        {status === 'DEACTIVATED' ? <Reactivate agent={agent} /> : <Deactivate agent={agent} />}
        {status === 'INVITED' && <Delete agent={agent} />}
        <UnlinkIdentities agent={agent} />
      </Group>
    </Part>
  );
}

function InviteAgain({ agent }: { agent: Agent }) {
  const { name, email, type, role, timeZone, sections } = agent;
  const mails = useMailsGoOut();
  const [link, setLink] = useState<string | null>(null);
  const close = () => setLink(null);
  return (
    <>
      <AskingButton
        label={words.agents.access.inviteAgain}
        title={words.agents.access.inviteAgainTitle(name)}
        document={InviteAgentDocument}
        variables={{ input: { name, email, type, role, timeZone, sections } }}
        of={({ inviteAgent }) => inviteAgent}
        done={({ mailSent, activationLink }) => {
          setLink(activationLink ?? null);
          sayDone(
            mailSent
              ? words.agents.access.inviteAgainMailed(email)
              : words.agents.access.inviteAgainUnmailed,
          );
        }}
      >
        <Text>{words.agents.access.inviteAgainText}</Text>
        <WhatGoesOut mails={mails} />
      </AskingButton>
      <Dialog
        opened={link !== null}
        onClose={close}
        title={words.agents.access.newLink}
        closeOnClickOutside={false}
      >
        {link !== null && <LinkToHandOver name={name} link={link} onClose={close} />}
      </Dialog>
    </>
  );
}

function Deactivate({ agent: { id, name, activeDayPass } }: { agent: Agent }) {
  const isSelf = useViewer().agent?.id === id;
  const { openTickets, handOver, isReady, fields } = useOpenTickets();
  return (
    <AskingButton
      label={words.agents.access.deactivate}
      title={words.agents.access.deactivateTitle(name)}
      isDangerous
      document={DeactivateAgentDocument}
      variables={{ input: { agentId: id, ...handOver } }}
      isReady={isReady}
      of={({ deactivateAgent }) => deactivateAgent}
      done={({ openTicketCount }) =>
        sayDone(
          words.agents.access.deactivated(
            name,
            messageOfTickets(openTicketCount ?? 0, openTickets),
          ),
        )
      }
    >
      <Text>{words.agents.access.deactivateText}</Text>
      {activeDayPass && <Text>{words.agents.access.deactivatePass}</Text>}
      {fields}
      {isSelf && <Text fw={600}>{words.agents.access.deactivateSelf}</Text>}
    </AskingButton>
  );
}

function Delete({ agent: { id, name, email } }: { agent: Agent }) {
  const navigate = useNavigate();
  return (
    <AskingButton
      label={words.agents.access.delete}
      title={words.agents.access.deleteTitle(name)}
      isDangerous
      document={DeleteAgentDocument}
      variables={{ input: { agentId: id } }}
      of={({ deleteAgent }) => deleteAgent}
      done={() => {
        sayDone(words.agents.access.deleted(name));
        void navigate('/admin/agents');
      }}
    >
      <Text>{words.agents.access.deleteText(email)}</Text>
    </AskingButton>
  );
}

function Reactivate({ agent: { id, name } }: { agent: Agent }) {
  return (
    <AskingButton
      label={words.agents.access.reactivate}
      title={words.agents.access.reactivateTitle(name)}
      document={ReactivateAgentDocument}
      variables={{ input: { agentId: id } }}
      of={({ reactivateAgent }) => reactivateAgent}
      done={({ agent }) =>
        sayDone(
          agent?.status === 'INVITED'
            ? words.agents.access.reactivatedInvited(name)
            : words.agents.access.reactivated(name),
        )
      }
    >
      <Text>{words.agents.access.reactivateText}</Text>
    </AskingButton>
  );
}

function UnlinkIdentities({ agent: { id, name, email } }: { agent: Agent }) {
  return (
    <AskingButton
      label={words.agents.access.unlink}
      title={words.agents.access.unlinkTitle(name)}
      document={UnlinkAgentIdentitiesDocument}
      variables={{ input: { agentId: id } }}
      of={({ unlinkAgentIdentities }) => unlinkAgentIdentities}
      done={() => sayDone(words.agents.access.unlinked(name))}
    >
      <Text>{words.agents.access.unlinkText(email)}</Text>
    </AskingButton>
  );
}
