import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseAddress, refuseMailedNames } from '../api/input.rules';
import { addressToFind } from '../core/mailbox';
import { rowIdOrNone } from '../api/node';
import type { UserError } from '../api/user-error';
import type { ChangeAgent } from '../ledger/access/change-agent';
import { AgentType } from './agent.type';
import { findAgent } from './find-agent';
import { changeAgent } from './change-agent';
import { newInvitation } from './invite-agent';
import { deleteAgent } from './delete-agent';
import { deactivateAgent, type OpenTickets } from './deactivate-agent';
import {
  ConvertAgentInput,
  ConvertAgentPayload,
  DeactivateAgentInput,
  DeactivateAgentPayload,
  DeleteAgentInput,
  DeleteAgentPayload,
  ReactivateAgentInput,
  ReactivateAgentPayload,
  UpdateAgentInput,
  UpdateAgentPayload,
  type AgentPayload,
} from './change-agent.type';

@Resolver()
export class ChangeAgentResolver {
  @Mutation(() => UpdateAgentPayload, {
    nullable: true,
    description:
      "Changes an agent's name, e-mail address, time zone, role or sections. For account admins with access to the agent portal; an API key needs the scope agents:write, and cannot give or take away the role ACCOUNT_ADMIN.",
  })
  updateAgent(
    @Arg('input', () => UpdateAgentInput, { description: 'What to change.' })
    input: UpdateAgentInput,
    @Ctx() context: RequestContext,
  ): Promise<AgentPayload> {
    const { agentId, name, email, timeZone, role, sections } = input;
    return change(context, agentId, {
      name: name ?? undefined,
      email: email ?? undefined,
      timeZone: timeZone ?? undefined,
      role: role ?? undefined,
      sections: sections ?? undefined,
    });
  }

  @Mutation(() => ConvertAgentPayload, {
    nullable: true,
    description:
      'Makes a full-time agent occasional, or an occasional agent full-time, at once. When an agent becomes occasional, full-time access and its streams end, and an active pass is valid until its end. Every conversion is kept (Agent.conversions), and its full-time days are counted (DayPassUsage.fullTimeDays). The last active full-time account admin cannot be converted (LAST_ADMIN). For account admins with access to the agent portal; an API key needs the scope agents:write, and cannot convert an account admin.',
  })
  convertAgent(
    @Arg('input', () => ConvertAgentInput, { description: 'The agent and the new type.' })
    { agentId, type }: ConvertAgentInput,
    @Ctx() context: RequestContext,
  ): Promise<AgentPayload> {
    return change(context, agentId, { type });
  }

  @Mutation(() => DeactivateAgentPayload, {
    nullable: true,
    description:
      "Ends an agent's access at once, on every process. An active pass is not given back. For account admins with access to the agent portal; an API key needs the scope agents:write, and cannot deactivate an account admin. To release or reassign tickets, the caller also needs the permission tickets:write.",
  })
  async deactivateAgent(
    @Arg('input', () => DeactivateAgentInput, { description: 'The agent to deactivate.' })
    input: DeactivateAgentInput,
    @Ctx() context: RequestContext,
  ): Promise<DeactivateAgentPayload> {
    await context.permissions.require('agents:write');
    const openTickets = openTicketsOf(input);
    if (openTickets !== 'STAY') await context.permissions.require('tickets:write');
    const none = { agentRowId: null, runningPass: null, openTicketCount: null };
    if (openTickets === null) return { ...none, userErrors: [onlyOneWay] };
    const { actor, attribution: audit } = context.caller;
    const outcome = await deactivateAgent(context.account, {
      agentId: rowIdOrNone('Agent', input.agentId),
      openTickets,
      actor,
      nowMs: await context.reads.accountNowMs(),
      audit,
    });
    if ('status' in outcome) return { ...none, userErrors: [outcome] };
    const { agent, runningPass, openTicketCount } = outcome;
    return { agentRowId: agent.id, runningPass, openTicketCount, userErrors: [] };
  }

  @Mutation(() => DeleteAgentPayload, {
    nullable: true,
    description:
      'Deletes an agent who is INVITED and has no ticket, pass, key or journal entry. The activation link stops working, the e-mail address can be used again, and the audit trail stays. For account admins with access to the agent portal; an API key needs the scope agents:write, and cannot delete an account admin.',
  })
  async deleteAgent(
    @Arg('input', () => DeleteAgentInput, { description: 'The agent to delete.' })
    { agentId }: DeleteAgentInput,
    @Ctx() context: RequestContext,
  ): Promise<DeleteAgentPayload> {
    await context.permissions.require('agents:write');
    const { actor, attribution: audit } = context.caller;
    const deletion = { agentId: rowIdOrNone('Agent', agentId), actor, audit };
    const outcome = await deleteAgent(context.account, deletion);
    if (outcome.status === 'refused') return { deletedAgentId: null, userErrors: [outcome] };
    return { deletedAgentId: agentId, userErrors: [] };
  }

  @Mutation(() => ReactivateAgentPayload, {
    nullable: true,
    description:
      'Makes a deactivated agent ACTIVE again. An agent who never used an activation link becomes INVITED again, and needs a new link from inviteAgent. For account admins with access to the agent portal; an API key needs the scope agents:write, and cannot reactivate an account admin.',
  })
  reactivateAgent(
    @Arg('input', () => ReactivateAgentInput, { description: 'The agent to reactivate.' })
    { agentId }: ReactivateAgentInput,
    @Ctx() context: RequestContext,
  ): Promise<AgentPayload> {
    return change(context, agentId, { status: 'ACTIVE' });
  }
}

/** Null if two ways are named at once. */
function openTicketsOf(input: DeactivateAgentInput): OpenTickets | null {
  const { releaseOpenTickets, reassignOpenTicketsTo: to } = input;
  if (to != null) return releaseOpenTickets ? null : { reassignTo: rowIdOrNone('Agent', to) };
  return releaseOpenTickets ? 'RELEASE' : 'STAY';
}

const onlyOneWay: UserError = {
  code: 'VALIDATION_FAILED',
  message: 'Give only one of releaseOpenTickets and reassignOpenTicketsTo.',
  field: ['reassignOpenTicketsTo'],
};

/** Authorises, changes, and answers the agent or why not. */
async function change(
  context: RequestContext,
  agentId: string,
  what: Omit<ChangeAgent, 'kind' | 'id' | 'actor' | 'agentId' | 'audit' | 'email'> & {
    email?: string;
  },
): Promise<AgentPayload> {
  await context.permissions.require('agents:write');
  const refused = { agentRowId: null, runningPass: null };
  const { email, ...others } = what;
  const invalid = refuseMailedNames({ name: [what.name, 200] }) ?? refuseAddress('email', email);
  if (invalid) return { ...refused, userErrors: [invalid] };
  const outcome = await changeAgent(context.account.ledger, {
    agentId: rowIdOrNone('Agent', agentId),
    ...others,
    ...(email !== undefined && {
      email: {
        address: addressToFind(email),
        ...newInvitation(context.account.ledger.accountId, context.services.secrets.activation),
      },
    }),
    actor: context.caller.actor,
    audit: context.caller.attribution,
  });
  if (outcome.status === 'refused') return { ...refused, userErrors: [outcome] };
  const { agent, runningPass } = outcome.result;
  return { agentRowId: agent.id, runningPass, userErrors: [] };
}

/** Adds the agent to a payload, read after the change. */
function payloadResolver(payload: abstract new () => AgentPayload) {
  @Resolver(() => payload)
  class PayloadResolver {
    @FieldResolver(() => AgentType, {
      nullable: true,
      description: 'The agent after the change; null if the request was refused.',
    })
    agent(
      @Root() { agentRowId }: AgentPayload,
      @Ctx() context: RequestContext,
    ): Promise<AgentType | null> {
      return findAgent(context, agentRowId);
    }
  }
  return PayloadResolver;
}

export const UpdateAgentPayloadResolver = payloadResolver(UpdateAgentPayload);
export const ConvertAgentPayloadResolver = payloadResolver(ConvertAgentPayload);
export const DeactivateAgentPayloadResolver = payloadResolver(DeactivateAgentPayload);
export const ReactivateAgentPayloadResolver = payloadResolver(ReactivateAgentPayload);
