import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseAddress, refuseMailedNames } from '../api/input.rules';
import type { UserError } from '../api/user-error';
import { activateAgent } from './activate-agent';
import { AgentType } from './agent.type';
import { findAgent } from './find-agent';
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
      'Adds an agent with the status INVITED. The agent becomes ACTIVE with the activation link, which is valid for seven days. The link is mailed if Account.emailNotificationsEnabled is true; if not, the payload contains the link, and the admin hands it over. If the address belongs to an agent who is still INVITED, the agent gets the new values and a new link, and the old link stops working. An account sends at most 500 of these mails in 24 hours, and one per minute to an address. Over this limit the mail of a new agent is sent later, and a new invitation for the same address is refused with RATE_LIMITED. For account admins with access to the agent portal; an API key needs the scope agents:write, and cannot invite an account admin.',
  })
  async inviteAgent(
    @Arg('input', () => InviteAgentInput, { description: 'The agent to invite.' })
    input: InviteAgentInput,
    @Ctx() context: RequestContext,
  ): Promise<InviteAgentPayload> {
    await context.permissions.require('agents:write');
    const { name, email, type, role, timeZone, sections } = input;
    const invalid = refuseMailedNames({ name: [name, 200] }) ?? refuseAddress('email', email);
    if (invalid) return refusedBy(invalid);
    const { services } = context;
    const { ledger } = context.account;
    const { actor, attribution: audit } = context.caller;
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
    // A person passes the link on. If a key received it, it could make agents active without a
    // mailbox.
    const isForPerson = !sendsMail && context.caller.viewer.kind === 'AGENT';
    const link = `${services.address.publicUrl}/activate#${activationToken}`;
    const activationLink = isForPerson ? link : null;
    return { agentRowId: agentId, mailSent: sendsMail, activationLink, userErrors: [] };
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description: 'The invited agent; null if the request was refused.',
  })
  agent(
    @Root() { agentRowId }: InviteAgentPayload,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return findAgent(context, agentRowId);
  }

  @Mutation(() => ActivateAgentPayload, {
    nullable: true,
    description:
      'Makes the agent of an activation link ACTIVE. Needs no credential, and does not sign the agent in. A token that is unknown, has expired or belongs to another account is refused with ACTIVATION_INVALID, so the answers cannot be told apart.',
  })
  async activateAgent(
    @Arg('input', () => ActivateAgentInput, { description: 'The token of the activation link.' })
    { activationToken }: ActivateAgentInput,
    @Ctx() { services, caller: { origin } }: RequestContext,
  ): Promise<ActivateAgentPayload> {
    const answer = await activateAgent(services, activationToken, origin);
    if ('email' in answer) return { email: answer.email, userErrors: [] };
    return { email: null, userErrors: [answer] };
  }
}

function refusedBy(error: UserError): InviteAgentPayload {
  return { agentRowId: null, mailSent: null, activationLink: null, userErrors: [error] };
}
