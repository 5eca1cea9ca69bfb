import { GraphQLError, GraphQLScalarType } from 'graphql';
import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import type { RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { AuditEventRow } from '../db/tables/audit-event';

/** Answered only; nothing is given as one. */
const JsonScalar = new GraphQLScalarType<never, unknown>({
  name: 'JSON',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  description: 'A JSON object. Its fields are those of what was acted on; fields may be added.',
  serialize: (value) => value,
  parseValue: () => {
    throw new GraphQLError('JSON is answered only.');
  },
});

const DoorEnum = defineEnum<AuditEventRow['door']>('Door', 'How a request came in.', {
  http: 'A request over HTTP.',
  websocket: 'An operation over a WebSocket.',
  sse: 'A stream of server-sent events.',
  cli: 'A command that the operator of the service ran on its machine.',
});

@ObjectType({ description: 'From where something was asked for.' })
export class AuditOrigin {
  @Field(() => DoorEnum, { description: 'How the request came in.' })
  door!: AuditEventRow['door'];

  @Field(() => String, {
    nullable: true,
    description:
      "The caller's address; behind a proxy, as the proxies say that the service trusts.",
  })
  ip!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the caller calls itself, 500 characters at most.',
  })
  userAgent!: string | null;

  @Field(() => String, { description: "The request's X-Request-Id, by which the log knows it." })
  requestId!: string;
}

@Guarded<AuditEventType>((context: RequestContext) => context.require('account:write'))
@ObjectType('AuditEvent', {
  implements: Node,
  description:
    'One act of an admin or of the operator of the service, written in the transaction of the act itself and never changed. What agents consume is in the journal.',
})
export class AuditEventType implements Node {
  @Field(() => ID, { description: 'The opaque id of this act.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: "The account's instant at which it was done." })
  occurredAt!: Date;

  @Field(() => String, {
    description:
      'What was done, as a fact: agent.invited, agent.activated, agent.updated, agent.converted, agent.deactivated, agent.reactivated, account.created, account.updated, account.closed, account.reopened, wallet.updated, passes.granted, passes.purchased, consumption.reversed, clients.upserted, tickets.upserted, test_clock.advanced. More may be added.',
  })
  action!: string;

  @Field(() => ID, { description: 'The id of what was acted on, by which `node` finds it.' })
  subjectId!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What the act changed, as it was; null where it was not there. Holds no secrets.',
  })
  before!: object | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What the act changed, as it is since, and what was said with it.',
  })
  after!: object | null;

  @Field(() => AuditOrigin, { description: 'From where it was asked for.' })
  origin!: AuditOrigin;

  row!: AuditEventRow;
}

export const AuditEventConnection = connectionTypeOf(
  'AuditEvent',
  () => AuditEventType,
  'Acts of admins, newest first.',
);

export function toAuditEvent(row: AuditEventRow): AuditEventType {
  const { door, ip, userAgent, requestId, occurredAt, action, before, after } = row;
  return {
    id: nodeId('AuditEvent', row.id),
    occurredAt,
    action,
    subjectId: nodeId(row.subjectType, row.subjectId),
    before,
    after,
    origin: { door, ip, userAgent, requestId },
    row,
  };
}
