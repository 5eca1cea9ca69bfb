import type { Feature } from '../api/feature';
import { AgentZoneResolver } from './agent-zone.resolver';
import { AgentResolver, loadAgentNode } from './agent.resolver';
import {
  ChangeAgentResolver,
  ConvertAgentPayloadResolver,
  DeactivateAgentPayloadResolver,
  ReactivateAgentPayloadResolver,
  UpdateAgentPayloadResolver,
} from './change-agent.resolver';
import { ImportAgentsResolver } from './import-agents.resolver';
import { InviteAgentResolver } from './invite-agent.resolver';
import { sendAddressChanged } from './send-address-changed';
import { sendInvitation } from './send-invitation';

/** The people of the service desk. */
export const agentsFeature: Feature = {
  resolvers: [
    AgentResolver,
    AgentZoneResolver,
    ChangeAgentResolver,
    UpdateAgentPayloadResolver,
    ConvertAgentPayloadResolver,
    DeactivateAgentPayloadResolver,
    ReactivateAgentPayloadResolver,
    InviteAgentResolver,
    ImportAgentsResolver,
  ],
  nodes: { Agent: loadAgentNode },
  tasks: {
    'send-address-changed': { needs: 'MAILER', run: sendAddressChanged },
    'send-invitation': { needs: 'MAILER', run: sendInvitation },
  },
  followers: [],
};
