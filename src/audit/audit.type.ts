import { GraphQLError, GraphQLScalarType } from 'graphql';
import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import type { RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import { auditActions } from '../db/audit-actions';
import type { AuditEventRow } from '../db/tables/audit-event';

/** For output only; no input has this type. */
const JsonScalar = new GraphQLScalarType<never, unknown>({
  name: 'JSON',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  description:
    'A JSON object. Its fields are those of the object that was acted on. Fields may be added at any time.',
  serialize: (value) => value,
  parseValue: () => {
    throw new GraphQLError('JSON cannot be used as an input.');
  },
});

const DoorEnum = defineEnum<AuditEventRow['door']>('Door', 'How a request reached the service.', {
  http: 'A request over HTTP.',
  websocket: 'An operation over a WebSocket.',
  sse: 'A stream of server-sent events.',
  cli: 'A command that the operator of the service ran on the server.',
});

@ObjectType({ description: 'Where a request came from.' })
export class AuditOrigin {
  @Field(() => DoorEnum, { description: 'How the request reached the service.' })
  door!: AuditEventRow['door'];

  @Field(() => String, {
    nullable: true,
    description:
      'The IP address of the caller, as reported by the proxies that the service trusts; null if it is unknown.',
  })
  ip!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The User-Agent of the caller, at most 500 characters; null if it sent none.',
  })
  userAgent!: string | null;

  @Field(() => String, {
    description: "The X-Request-Id of the request, which is also in the service's log.",
  })
  requestId!: string;
}

@Guarded<AuditEventType>((context: RequestContext) => context.permissions.require('account:write'))
@ObjectType('AuditEvent', {
  implements: Node,
  description:
    'One act of an admin or of the operator of the service. It is written in the same transaction as the act, and never changes. The use of day passes is in the journal instead. For account admins with access to the agent portal; API keys cannot read it.',
})
export class AuditEventType implements Node {
  @Field(() => ID, { description: 'The opaque id of this act.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: "When it was done, by the account's clock." })
  occurredAt!: Date;

  @Field(() => String, {
    description: `What was done, in the past tense: ${auditActions.join(', ')}. More may be added.`,
  })
  action!: string;

  @Field(() => ID, {
    description: 'The id of the object that was acted on. It remains after the object was deleted.',
  })
  subjectId!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'The changed values before the act; null if the object did not exist. Contains no secrets.',
  })
  before!: object | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'The changed values after the act, and the reason or other details given with it. Contains no secrets.',
  })
  after!: object | null;

  @Field(() => AuditOrigin, { description: 'Where the request came from.' })
  origin!: AuditOrigin;

  row!: AuditEventRow;
}

export const AuditEventConnection = connectionTypeOf(
  'AuditEvent',
  () => AuditEventType,
  'A page of audited acts, newest first.',
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
