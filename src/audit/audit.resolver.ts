import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { Node, parseNodeId } from '../api/node';
import { loadNode } from '../api/node.resolver';
import { readPage } from '../api/read-page';
import { DayPassActor, loadActor, type ActorType } from '../passes/events/event.resolver';
import { auditEventsById, auditList } from './audit.queries';
import { AuditEventConnection, AuditEventType, toAuditEvent } from './audit.type';

@InputType({
  description:
    'Filters for audited acts. An act must match each filter that is given. Null is the same as not given.',
})
class AuditEventFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Only acts of this kind, e.g. agent.invited.',
  })
  action?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only acts of this agent or API key, by its id.',
  })
  actorId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only acts on this agent, wallet or other object, by its id.',
  })
  subjectId?: string | null;
}

@ArgsType()
class AuditEventsArgs extends PageArgs {
  @Field(() => AuditEventFilter, {
    nullable: true,
    description: 'Which acts to list. Default: all.',
  })
  filter?: AuditEventFilter | null;
}

@Resolver(() => AuditEventType)
export class AuditResolver {
  @Query(() => AuditEventConnection, {
    nullable: true,
    description:
      'What admins and the operator of the service did, newest first: the actor, the action, the values before and after, and the origin. For account admins with access to the agent portal; API keys cannot call it.',
  })
  async auditEvents(
    @Args(() => AuditEventsArgs) { filter, ...page }: AuditEventsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<AuditEventType>> {
    await context.permissions.require('account:write');
    const list = auditList(context.account.scope, {
      action: filter?.action ?? null,
      actorId: filter?.actorId == null ? null : parseNodeId(filter.actorId).id,
      subject: filter?.subjectId == null ? null : parseNodeId(filter.subjectId),
    });
    return readPage(context.account.scope, list, page, toAuditEvent);
  }

  @FieldResolver(() => DayPassActor, {
    nullable: true,
    description:
      'The agent, API key or operator that did it. For agent.activated: the agent that the link was sent to. Null for the service itself.',
  })
  actor(
    @Root() { row }: AuditEventType,
    @Ctx() context: RequestContext,
  ): Promise<ActorType | null> {
    const { actorKind: kind, actorId: id } = row;
    return loadActor(context, kind !== null && id !== null ? { kind, id } : null);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description:
      "The object that was acted on, as it is now. Null if it was deleted. Requires the same permission as the object's own field.",
  })
  subject(@Root() { row }: AuditEventType, @Ctx() context: RequestContext): Promise<object | null> {
    return loadNode(context, { type: row.subjectType, id: row.subjectId });
  }
}

export const loadAuditEventNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('account:write');
  const row = await context.reads.load(auditEventsById, rowId);
  return row && toAuditEvent(row);
};
