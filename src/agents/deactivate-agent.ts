import type { Attribution } from '../access/audit';
import type { AccountScope } from '../db/account-scope';
import type { AccountState } from '../db/account-state';
import type { AccountLedger } from '../ledger/account-ledger';
import { refused, type Refused } from '../ledger/model/outcome';
import type { Results } from '../ledger/commands';
import type { Actor } from '../ledger/model/ledger';
import { agentsById } from './agent.queries';
import { changeAgent } from './change-agent';
import { countOpenTickets, handOverTickets } from './hand-over-tickets';

/** The open tickets: they stay, get no assignee, or go to another agent. */
export type OpenTickets = 'STAY' | 'RELEASE' | { reassignTo: string };

type Deactivated = Results['change-agent'] & { openTicketCount: number };

/**
 * Deactivates an agent, then hands over the agent's open tickets. After the first step no ticket
 * can be assigned to the agent, so none is missed: a batch that changes an agent raises the state's
 * revision before it commits, and assignments take the same lock. After a crash in between, the
 * same call does the rest. Refusals: NOT_FOUND, LAST_ADMIN, AGENT_NOT_ACTIVE, and VALIDATION_FAILED
 * for the new assignee.
 */
export async function deactivateAgent(
  on: { ledger: AccountLedger; state: AccountState; scope: AccountScope },
  about: {
    agentId: string;
    openTickets: OpenTickets;
    actor: Actor | null;
    nowMs: number;
    audit: Attribution;
  },
): Promise<Deactivated | Refused> {
  const { agentId, openTickets, actor, nowMs, audit } = about;
  const to = typeof openTickets === 'object' ? openTickets.reassignTo : null;
  const refusal = to === null ? null : await refuseSuccessor(on.scope, agentId, to);
  if (refusal) return refusal;

  const outcome = await changeAgent(on.ledger, { agentId, status: 'DEACTIVATED', actor, audit });
  if (outcome.status === 'refused') return outcome;
  const openTicketCount =
    openTickets === 'STAY'
      ? await countOpenTickets(on.scope, agentId)
      : await handOverTickets(on.state, { agentId, to, nowMs, audit });
  // Deactivated in the same moment: the agent is out, and the tickets wait for another successor.
  return openTicketCount === null ? successorNotActive() : { ...outcome.result, openTicketCount };
}

async function refuseSuccessor(
  scope: AccountScope,
  agentId: string,
  to: string,
): Promise<Refused | null> {
  const [successor] = await agentsById(scope, [to]);
  if (!successor)
    return refused('NOT_FOUND', 'The account has no agent with this id. Check the id.', [field]);
  if (to === agentId) {
    const message =
      'The tickets cannot be reassigned to the agent who is being deactivated. Name another agent.';
    return refused('VALIDATION_FAILED', message, [field]);
  }
  return successor.status === 'ACTIVE' ? null : successorNotActive();
}

const field = 'reassignOpenTicketsTo';

function successorNotActive(): Refused {
  const message = 'This agent is invited or deactivated. Reassign the tickets to an active agent.';
  return refused('AGENT_NOT_ACTIVE', message, [field]);
}
