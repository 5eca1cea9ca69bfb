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
import { AgentType, toAgent } from '../agents/agent.type';
import type { RequestContext } from '../api/context';
import { requireOneOf } from '../api/filter.rules';
import { rowIdOrNone } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import { DomainError } from '../core/domain-error';
import { openPortalSession } from './open-portal-session';

@InputType({
  description:
    'The agent whose browser receives the session, by exactly one of agentId and email; anything else is BAD_USER_INPUT.',
})
class CreatePortalSessionInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The agent, by its id. Give either this or email.',
  })
  agentId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The agent, by its e-mail address in the account, upper and lower case alike. Give either this or agentId.',
  })
  email?: string | null;
}

@ObjectType({ description: 'What came of opening a portal session.' })
class CreatePortalSessionPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The bearer for the agent’s browser. It reaches viewer, portalAccess, consumeDayPass, portalAccessChanged and the wallet’s balance, and nothing behind the gate. Null where it was refused.',
  })
  token!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends, if its key is not revoked before; null where it was refused.',
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
      "Service keys with portal_sessions:write: a bearer for one agent's browser, for the gate alone, 15 minutes at most.",
  })
  async createPortalSession(
    @Arg('input', () => CreatePortalSessionInput, { description: 'For whom.' })
    input: CreatePortalSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<CreatePortalSessionPayload> {
    await context.require('portal-sessions:write');
    const { viewer, services } = context;
    if (viewer.kind !== 'SERVICE_KEY') throw new DomainError('FORBIDDEN', 'For service keys only.');
    const { agentId, email } = input;
    requireOneOf('agentId and email', agentId, email);
    const agent =
      email == null
        ? await context.load(agentsById, rowIdOrNone('Agent', agentId!))
        : await agentByEmail(context.scope, email);
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
    description: 'The agent, for keys that may read agents too; null where it was refused.',
  })
  async agent(
    @Root() { agentRowId }: CreatePortalSessionPayload,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return agentRowId === null ? null : toAgent(await context.loadExisting(agentsById, agentRowId));
  }
}
