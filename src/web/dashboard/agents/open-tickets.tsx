import { Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { DeactivateAgentInput } from '../../generated/app';
import { words } from '../../words';
import { AgentSelect, type AgentChoice } from '../agent-select';

/** What happens to the open tickets of a deactivated agent. */
export type OpenTickets = 'RELEASE' | 'REASSIGN' | 'STAY';

export type HandOver = Pick<DeactivateAgentInput, 'releaseOpenTickets' | 'reassignOpenTicketsTo'>;

/** The choice, as the input of the mutation, and its fields. */
export function useOpenTickets(isDisabled = false): {
  openTickets: OpenTickets;
  handOver: HandOver;
  successorId: string | null;
  isReady: boolean;
  fields: ReactNode;
} {
  const [openTickets, setOpenTickets] = useState<OpenTickets>('RELEASE');
  const [successor, setSuccessor] = useState<AgentChoice | null>(null);
  const successorId = openTickets === 'REASSIGN' ? (successor?.id ?? null) : null;
  return {
    openTickets,
    handOver: {
      RELEASE: { releaseOpenTickets: true },
      REASSIGN: { reassignOpenTicketsTo: successorId },
      STAY: {},
    }[openTickets],
    successorId,
    isReady: openTickets !== 'REASSIGN' || successorId !== null,
    fields: (
      <fieldset className="plain" disabled={isDisabled}>
        <Stack>
          <Radio.Group
            label={words.agents.access.openTickets}
            value={openTickets}
            onChange={(value) => setOpenTickets(value)}
          >
            <Stack gap="xs" mt={6}>
              <Radio value="RELEASE" label={words.agents.access.release} />
              <Radio value="REASSIGN" label={words.agents.access.reassign} />
              <Radio value="STAY" label={words.agents.access.stay} />
            </Stack>
          </Radio.Group>
          {openTickets === 'REASSIGN' && (
            <AgentSelect
              label={words.agents.access.successor}
              placeholder={words.agents.access.successorPlaceholder}
              chosen={successor}
              isRequired
              isActive
              onChoose={setSuccessor}
            />
          )}
        </Stack>
      </fieldset>
    ),
  };
}

/** What has happened to the open tickets. */
export function messageOfTickets(count: number, openTickets: OpenTickets): string {
  if (count === 0) return words.agents.access.noTickets;
  switch (openTickets) {
    case 'STAY':
      return words.agents.access.ticketsStay(count);
    case 'RELEASE':
      return words.agents.access.ticketsReleased(count);
    case 'REASSIGN':
      return words.agents.access.ticketsReassigned(count);
  }
}
