import { Field, ObjectType } from 'type-graphql';
import { AgentTypeEnum } from '../../agents/agent.type';
import { connectionTypeOf } from '../../api/connection';
import type { RequestContext } from '../../api/context';
import { Guarded } from '../../api/guard';
import { DateTimeScalar } from '../../api/scalars';
import type { AuditEventRow } from '../../db/tables/audit-event';
import type { AgentType } from '../../ledger/model/ledger';

@Guarded<ConversionType>(requireOwnOrPasses)
@ObjectType('AgentConversion', {
  description:
    'One conversion of an agent between full-time and occasional. When an agent becomes occasional, full-time access and its streams end at once, and an active pass is valid until its end. When an agent becomes full-time, no pass is needed, and an active pass is not given back.',
})
export class ConversionType {
  @Field(() => AgentTypeEnum, { description: 'The type before the conversion.' })
  from!: AgentType;

  @Field(() => AgentTypeEnum, { description: 'The type after the conversion.' })
  to!: AgentType;

  @Field(() => DateTimeScalar, {
    description: "When the agent was converted, by the account's clock.",
  })
  at!: Date;

  row!: AuditEventRow;
}

export const ConversionConnection = connectionTypeOf(
  'AgentConversion',
  () => ConversionType,
  'A page of the conversions of one agent, newest first.',
);

/** A conversion in the form of the audit trail. */
export function toConversion(row: AuditEventRow): ConversionType {
  const { type: from } = row.before as { type: AgentType };
  const { type: to } = row.after as { type: AgentType };
  return Object.assign(new ConversionType(), { from, to, at: row.occurredAt, row });
}

/**
 * An agent may read its own conversions; those of others need the permission to read their passes.
 */
function requireOwnOrPasses(
  context: RequestContext,
  { row }: ConversionType,
): Promise<void> | void {
  if (!context.caller.isViewer(row.subjectId)) return context.permissions.require('passes:read');
}
