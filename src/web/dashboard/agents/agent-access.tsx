import { Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import {
  DeactivateAgentDocument,
  DeleteAgentDocument,
  InviteAgentDocument,
  ReactivateAgentDocument,
  UnlinkAgentIdentitiesDocument,
} from '../../generated/app';
import { useViewer } from '../../session/viewer';
import { AskingButton } from '../../ui/asking-button';
import { writeCount } from '../../format/count';
import { Part } from '../../ui/part';
import { sayDone } from '../../ui/say-done';
import { AgentSelect, type AgentChoice } from '../agent-select';
import type { Agent } from './agent-words';
import { LinkToHandOver } from './invite-link';
import { useMailsGoOut, WhatGoesOut } from './invite-mails';

const says = {
  ACTIVE: 'May sign in and come in.',
  INVITED: 'Has not used the link of the invitation yet.',
  DEACTIVATED: 'May not sign in, and no day pass lets them in.',
};

/** Whether an agent may come at all, and what can be done about it. */
export function AgentAccess({ agent }: { agent: Agent }) {
  const { status } = agent;
  return (
    <Part title="Access" says={says[status]}>
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
        label="Invite again"
        title={`Invite ${name} again?`}
        document={InviteAgentDocument}
        variables={{ input: { name, email, type, role, timeZone, sections } }}
        of={({ inviteAgent }) => inviteAgent}
        done={({ mailSent, activationLink }) => {
          setLink(activationLink ?? null);
          sayDone(mailSent ? `A new link is on its way to ${email}.` : 'The old link ended.');
        }}
      >
        <Text>The link that was sent before ends, and a new one takes its place.</Text>
        <WhatGoesOut mails={mails} />
      </AskingButton>
      <Modal
        opened={link !== null}
        onClose={close}
        title="The new link"
        closeButtonProps={{ 'aria-label': 'Close' }}
        closeOnClickOutside={false}
      >
        {link !== null && <LinkToHandOver name={name} link={link} onClose={close} />}
      </Modal>
    </>
  );
}

/** What becomes of the open tickets of an agent who is deactivated. */
type OpenTickets = 'RELEASE' | 'REASSIGN' | 'STAY';

function Deactivate({ agent: { id, name, activeDayPass } }: { agent: Agent }) {
  const isSelf = useViewer().agent?.id === id;
  const [openTickets, setOpenTickets] = useState<OpenTickets>('RELEASE');
  const [successor, setSuccessor] = useState<AgentChoice | null>(null);
  const handOver = {
    RELEASE: { releaseOpenTickets: true },
    REASSIGN: { reassignOpenTicketsTo: successor?.id },
    STAY: {},
  }[openTickets];
  return (
    <AskingButton
      label="Deactivate"
      title={`Deactivate ${name}?`}
      isDangerous
      document={DeactivateAgentDocument}
      variables={{ input: { agentId: id, ...handOver } }}
      isReady={openTickets !== 'REASSIGN' || successor !== null}
      of={({ deactivateAgent }) => deactivateAgent}
      done={({ openTicketCount }) =>
        sayDone(`${name} is deactivated. ${saysOfTickets(openTicketCount ?? 0, openTickets)}`)
      }
    >
      <Text>
        They are out at once, in every window, and cannot sign in until they are reactivated.
      </Text>
      {activeDayPass && <Text>The day pass that runs is not given back.</Text>}
      <Radio.Group
        label="Their open tickets"
        value={openTickets}
        onChange={(value) => setOpenTickets(value as OpenTickets)}
      >
        <Stack gap="xs" mt={6}>
          <Radio value="RELEASE" label="Unassign them" />
          <Radio value="REASSIGN" label="Assign them to another agent" />
          <Radio value="STAY" label="Leave them as they are" />
        </Stack>
      </Radio.Group>
      {openTickets === 'REASSIGN' && (
        <AgentSelect
          label="Who takes them over"
          placeholder="An active agent"
          chosen={successor}
          isRequired
          isActive
          onChoose={setSuccessor}
        />
      )}
      {isSelf && <Text fw={600}>This is you: you will be out yourself.</Text>}
    </AskingButton>
  );
}

function saysOfTickets(count: number, openTickets: OpenTickets): string {
  if (count === 0) return 'They had no open tickets.';
  const tickets = `${writeCount(count)} open ${count === 1 ? 'ticket' : 'tickets'}`;
  if (openTickets === 'STAY') return `${tickets} still assigned to them.`;
  return `${tickets} ${openTickets === 'RELEASE' ? 'unassigned' : 'reassigned'}.`;
}

function Delete({ agent: { id, name, email } }: { agent: Agent }) {
  const navigate = useNavigate();
  return (
    <AskingButton
      label="Delete"
      title={`Delete ${name}?`}
      isDangerous
      document={DeleteAgentDocument}
      variables={{ input: { agentId: id } }}
      of={({ deleteAgent }) => deleteAgent}
      done={() => {
        sayDone(`${name} is deleted.`);
        void navigate('/admin/agents');
      }}
    >
      <Text>The invitation ends, and {email} can be invited again.</Text>
    </AskingButton>
  );
}

function Reactivate({ agent: { id, name } }: { agent: Agent }) {
  return (
    <AskingButton
      label="Reactivate"
      title={`Reactivate ${name}?`}
      document={ReactivateAgentDocument}
      variables={{ input: { agentId: id } }}
      of={({ reactivateAgent }) => reactivateAgent}
      done={({ agent }) =>
        sayDone(
          agent?.status === 'INVITED'
            ? `${name} never used the link: invite them again.`
            : `${name} may come in again.`,
        )
      }
    >
      <Text>
        They can sign in again, as what they were. Whoever never used the link of the invitation is
        invited again and needs a new one.
      </Text>
    </AskingButton>
  );
}

function UnlinkIdentities({ agent: { id, name, email } }: { agent: Agent }) {
  return (
    <AskingButton
      label="Forget sign-ins"
      title={`Forget as whom ${name} signs in?`}
      document={UnlinkAgentIdentitiesDocument}
      variables={{ input: { agentId: id } }}
      of={({ unlinkAgentIdentities }) => unlinkAgentIdentities}
      done={() => sayDone(`It is forgotten as whom ${name} signed in.`)}
    >
      <Text>
        For when their account at your identity provider was replaced. The next person who signs in
        there with the verified address {email} is this agent from then on.
      </Text>
    </AskingButton>
  );
}
