import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseAddress, refuseMailedNames } from '../api/input.rules';
import type { UserError } from '../api/user-error';
import { activateAgent } from './activate-agent';
import { agentsById } from './agent.queries';
import { AgentType, toAgent } from './agent.type';
import { inviteAgent } from './invite-agent';
import {
  ActivateAgentInput,
  ActivateAgentPayload,
  InviteAgentInput,
  InviteAgentPayload,
  sectionsByDefault,
} from './invite-agent.type';

@Resolver(() => InviteAgentPayload)
export class InviteAgentResolver {
  @Mutation(() => InviteAgentPayload, {
    nullable: true,
    description:
      'Adds an agent, who is INVITED until the link is used that a mail brings, within seven days; the mail is sent if the account has emailNotificationsEnabled; if it has not, the payload has the link for the admin to hand over. For an address that is still INVITED it sends a new link, ends the old one, and the agent becomes what this says. An account sends at most 500 of these mails in 24 hours, and one per minute to an address: the mail of a new agent waits for its turn, and another invitation of the same address before that is RATE_LIMITED. For account admins who are in. A key cannot invite an account admin, or send one a new link.',
  })
  async inviteAgent(
    @Arg('input', () => InviteAgentInput, { description: 'Whom, and as what.' })
    input: InviteAgentInput,
    @Ctx() context: RequestContext,
  ): Promise<InviteAgentPayload> {
    await context.require('agents:write');
    const { name, email, type, role, timeZone, sections } = input;
    const invalid = refuseMailedNames({ name: [name, 200] }) ?? refuseAddress('email', email);
    if (invalid) return refusedBy(invalid);
    const { ledger, services, actor, attribution: audit } = context;
    const on = { ledger, activationKey: services.secrets.activation };
    const { outcome, activationToken } = await inviteAgent(on, {
      name,
      email,
      type,
      role,
      timeZone,
      sections: sections ?? sectionsByDefault,
      actor,
      audit,
    });
    if (outcome.status === 'refused') return refusedBy(outcome);
    const { agentId, sendsMail } = outcome.result;
    // A person hands the link over. Given to a key, it would make agents active without a mailbox.
    const isForPerson = !sendsMail && context.viewer.kind === 'AGENT';
    const link = `${services.address.publicUrl}/activate#${activationToken}`;
    const activationLink = isForPerson ? link : null;
    return { agentRowId: agentId, mailSent: sendsMail, activationLink, userErrors: [] };
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description: 'The agent after it; null where it was refused.',
  })
  async agent(
    @Root() { agentRowId }: InviteAgentPayload,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return agentRowId === null ? null : toAgent(await context.loadExisting(agentsById, agentRowId));
  }

  @Mutation(() => ActivateAgentPayload, {
    nullable: true,
    description:
      'Makes the agent of an activation link ACTIVE. Needs no bearer and signs nobody in: unknown, ended and foreign tokens are ACTIVATION_INVALID alike.',
  })
  async activateAgent(
    @Arg('input', () => ActivateAgentInput, { description: 'The link, by its token.' })
    { activationToken }: ActivateAgentInput,
    @Ctx() { services, origin }: RequestContext,
  ): Promise<ActivateAgentPayload> {
    const answer = await activateAgent(services, activationToken, origin);
    if ('email' in answer) return { email: answer.email, userErrors: [] };
    return { email: null, userErrors: [answer] };
  }
}

function refusedBy(error: UserError): InviteAgentPayload {
  return { agentRowId: null, mailSent: null, activationLink: null, userErrors: [error] };
}
