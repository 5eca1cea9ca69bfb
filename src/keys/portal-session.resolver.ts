import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { agentByEmail, agentsById } from '../agents/agent.queries';
import { AgentType } from '../agents/agent.type';
import { findAgent } from '../agents/find-agent';
import type { RequestContext } from '../api/context';
import { requireOneOf } from '../api/filter.rules';
import { rowIdOrNone } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import { DomainError } from '../core/domain-error';
import { openPortalSession } from './open-portal-session';

@InputType({
  description:
    'The agent whose browser receives the portal session: give exactly one of agentId and email. If not, the answer is BAD_USER_INPUT.',
})
class CreatePortalSessionInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the agent. Give either this or email.',
  })
  agentId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The e-mail address of the agent in the account, ignoring upper and lower case. Give either this or agentId.',
  })
  email?: string | null;
}

@ObjectType({ description: 'The result of opening a portal session.' })
class CreatePortalSessionPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The bearer token for the agent’s browser. It permits viewer, portalAccess, consumeDayPass, portalAccessChanged and the wallet’s balance, and no data that needs access to the agent portal. Null if the request was refused.',
  })
  token!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the session ends, unless its key is revoked earlier; null if the request was refused.',
  })
  expiresAt!: number | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'AGENT_NOT_ACTIVE'))
  userErrors!: UserError[];

  agentRowId!: string | null;
}

@Resolver(() => CreatePortalSessionPayload)
export class PortalSessionResolver {
  @Mutation(() => CreatePortalSessionPayload, {
    nullable: true,
    description:
      "Opens a portal session: a bearer token for one agent's browser, for the gate only, valid for at most 15 minutes. For service keys with the scope portal_sessions:write only.",
  })
  async createPortalSession(
    @Arg('input', () => CreatePortalSessionInput, {
      description: 'The agent to open the session for.',
    })
    input: CreatePortalSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<CreatePortalSessionPayload> {
    await context.permissions.require('portal-sessions:write');
    const { services } = context;
    const { viewer } = context.caller;
    if (viewer.kind !== 'SERVICE_KEY')
      throw new DomainError(
        'FORBIDDEN',
        'Only a service key can open a portal session. Use a service key with the scope portal_sessions:write.',
      );
    const { agentId, email } = input;
    requireOneOf('agentId and email', agentId, email);
    const agent =
      email == null
        ? await context.reads.load(agentsById, rowIdOrNone('Agent', agentId!))
        : await agentByEmail(context.account.scope, email);
    const opened = await openPortalSession(viewer, agent, {
      key: services.secrets.portalSession,
      nowMs: services.clock.nowMs(),
    });
    if ('code' in opened) {
      const field = [email == null ? 'agentId' : 'email'];
      const userErrors = [{ ...opened, field }];
      return { token: null, expiresAt: null, agentRowId: null, userErrors };
    }
    const { token, agentRowId, expiresAtMs: expiresAt } = opened;
    return { token, expiresAt, agentRowId, userErrors: [] };
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description:
      'The agent, if the key also has the scope agents:read; null if it has not, or if the request was refused.',
  })
  agent(
    @Root() { agentRowId }: CreatePortalSessionPayload,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return findAgent(context, agentRowId);
  }
}
