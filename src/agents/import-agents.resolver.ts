import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { accountsById } from '../accounts/account.queries';
import type { RequestContext } from '../api/context';
import { refuseTooMany } from '../api/filter.rules';
import { AgentType } from './agent.type';
import { findAgent } from './find-agent';
import { importAgents, type RowResult } from './import-agents';
import {
  fieldNames,
  ImportAgentResult,
  ImportAgentsInput,
  ImportAgentsPayload,
} from './import-agents.type';

@Resolver(() => ImportAgentResult)
export class ImportAgentsResolver {
  @Mutation(() => ImportAgentsPayload, {
    nullable: true,
    description:
      'Adds and changes agents by their e-mail addresses, up to 100 at once, each as inviteAgent, updateAgent and convertAgent do. The role is AGENT for new agents and never changes. A row whose agent has all values already is UNCHANGED, and known agents receive no mail, so the same import can be repeated, also after it was interrupted. Invitations are mailed within the limits of inviteAgent. The agent of a row that is REFUSED stays as it was. For account admins with access to the agent portal; an API key needs the scope agents:write.',
  })
  async importAgents(
    @Arg('input', () => ImportAgentsInput, { description: 'The agents.' })
    { rows, dryRun, invite }: ImportAgentsInput,
    @Ctx() context: RequestContext,
  ): Promise<ImportAgentsPayload> {
    await context.permissions.require('agents:write');
    refuseTooMany(rows);
    const { account, caller, services } = context;
    const { timeZone } = await context.reads.loadExisting(accountsById, account.id);
    const { scope, ledger } = account;
    const results = await importAgents(
      { scope, ledger, activationKey: services.secrets.activation },
      {
        rows,
        isDryRun: dryRun,
        invites: invite,
        timeZone,
        actor: caller.actor,
        audit: caller.attribution,
      },
    );
    const shown = results.map((result) => toResult(context, result));
    return { rows: shown, userErrors: shown.flatMap(({ userErrors }) => userErrors) };
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description:
      'The agent with the address of the row. Null if the row was refused, and in a dry run if the agent would be added.',
  })
  agent(
    @Root() { agentRowId }: ImportAgentResult,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return findAgent(context, agentRowId);
  }
}

function toResult({ services, caller }: RequestContext, result: RowResult): ImportAgentResult {
  const { outcome, changed, activationToken, mailSent, userErrors, agentRowId } = result;
  // A person passes the link on. If a key received it, it could make agents active without a
  // mailbox.
  const isForPerson = activationToken !== null && caller.viewer.kind === 'AGENT';
  const link = `${services.address.publicUrl}/activate#${activationToken}`;
  return Object.assign(new ImportAgentResult(), {
    outcome,
    changes: changed.map((field) => fieldNames[field]),
    mailSent,
    activationLink: isForPerson ? link : null,
    userErrors: [...userErrors],
    agentRowId,
  });
}
