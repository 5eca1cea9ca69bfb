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
import { parseNodeId } from '../api/node';
import { readPage } from '../api/read-page';
import { DayPassActor, loadActor, type ActorType } from '../passes/event.resolver';
import { auditEventsById, auditList } from './audit.queries';
import { AuditEventConnection, AuditEventType, toAuditEvent } from './audit.type';

@InputType({ description: 'Each given filter must hold; null is the same as not given.' })
class AuditEventFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Acts of one kind only, e.g. agent.invited.',
  })
  action?: string | null;

  @Field(() => ID, { nullable: true, description: 'Those of one agent or key only.' })
  actorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Acts on one agent, wallet, … only.' })
  subjectId?: string | null;
}

@ArgsType()
class AuditEventsArgs extends PageArgs {
  @Field(() => AuditEventFilter, { nullable: true, description: 'Which acts; left out: all.' })
  filter?: AuditEventFilter | null;
}

@Resolver(() => AuditEventType)
export class AuditResolver {
  @Query(() => AuditEventConnection, {
    nullable: true,
    description:
      'What admins and the operator of the service did, newest first: who, what, before, after, from where. For account admins who are in, never by a key.',
  })
  async auditEvents(
    @Args(() => AuditEventsArgs) { filter, ...page }: AuditEventsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<AuditEventType>> {
    await context.require('account:write');
    const list = auditList(context.scope, {
      action: filter?.action ?? null,
      actorId: filter?.actorId == null ? null : parseNodeId(filter.actorId).id,
      subject: filter?.subjectId == null ? null : parseNodeId(filter.subjectId),
    });
    return readPage(context.scope, list, page, toAuditEvent);
  }

  @FieldResolver(() => DayPassActor, {
    nullable: true,
    description: 'Whoever did it; of an activation, the agent whom the link was sent to.',
  })
  actor(
    @Root() { row }: AuditEventType,
    @Ctx() context: RequestContext,
  ): Promise<ActorType | null> {
    const { actorKind: kind, actorId: id } = row;
    return loadActor(context, kind !== null && id !== null ? { kind, id } : null);
  }
}

export const loadAuditEventNode: NodeLoader = async (context, rowId) => {
  await context.require('account:write');
  const row = await context.load(auditEventsById, rowId);
  return row && toAuditEvent(row);
};
