import { Field, ObjectType } from 'type-graphql';
import { AgentTypeEnum } from '../agents/agent.type';
import { connectionTypeOf } from '../api/connection';
import type { RequestContext } from '../api/context';
import { Guarded } from '../api/guard';
import { DateTimeScalar } from '../api/scalars';
import type { AuditEventRow } from '../db/tables/audit-event';
import type { AgentType } from '../ledger/model/ledger';

@Guarded<ConversionType>(requireOwnOrPasses)
@ObjectType('AgentConversion', {
  description:
    'An agent became full-time or occasional. When an agent becomes occasional, full-time access and its streams end at once; a running pass is valid until its end. When an agent becomes full-time, no pass is needed, and a running pass is not given back.',
})
export class ConversionType {
  @Field(() => AgentTypeEnum, { description: 'What the agent was.' })
  from!: AgentType;

  @Field(() => AgentTypeEnum, { description: 'What the agent is since.' })
  to!: AgentType;

  @Field(() => DateTimeScalar, { description: "The account's instant of the conversion." })
  at!: Date;

  row!: AuditEventRow;
}

export const ConversionConnection = connectionTypeOf(
  'AgentConversion',
  () => ConversionType,
  'Conversions of one agent, newest first.',
);

/** A conversion as the audit trail has it. */
export function toConversion(row: AuditEventRow): ConversionType {
  const { type: from } = row.before as { type: AgentType };
  const { type: to } = row.after as { type: AgentType };
  return Object.assign(new ConversionType(), { from, to, at: row.occurredAt, row });
}

/** One's own conversions are one's own to see; those of others, for whoever reads their passes. */
function requireOwnOrPasses(
  context: RequestContext,
  { row }: ConversionType,
): Promise<void> | void {
  if (!context.isViewer(row.subjectId)) return context.require('passes:read');
}
