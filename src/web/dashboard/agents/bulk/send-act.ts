import {
  ConvertAgentDocument,
  DeactivateAgentDocument,
  InviteAgentDocument,
  ReactivateAgentDocument,
  UpdateAgentDocument,
} from '../../../generated/app';
import { ask } from '../../../session/use-api-query';
import type { HandOver } from '../open-tickets';
import type { BulkAct, PlannedRow } from './plan-acts';
import type { ActAnswer } from './run-acts';

/** Sends an act for one agent: the same mutation as on the agent's own page. */
export async function sendAct(
  act: BulkAct,
  { id: agentId, agent, sections }: PlannedRow,
  handOver: HandOver,
): Promise<ActAnswer> {
  switch (act) {
    case 'FULL_TIME':
    case 'OCCASIONAL':
      return (await ask(ConvertAgentDocument, { input: { agentId, type: act } })).convertAgent!;
    case 'DEACTIVATE':
      return (await ask(DeactivateAgentDocument, { input: { agentId, ...handOver } }))
        .deactivateAgent!;
    case 'REACTIVATE':
      return (await ask(ReactivateAgentDocument, { input: { agentId } })).reactivateAgent!;
    case 'SECTIONS': {
      const input = { agentId, sections: [...sections] };
      return (await ask(UpdateAgentDocument, { input })).updateAgent!;
    }
    case 'INVITE': {
      const { name, email, type, role, timeZone } = agent;
      const input = { name, email, type, role, timeZone, sections: [...sections] };
      return (await ask(InviteAgentDocument, { input })).inviteAgent!;
    }
  }
}
