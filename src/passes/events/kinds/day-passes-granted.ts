import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { AgentType } from '../../../agents/agent.type';
import { findAgent } from '../../../agents/find-agent';
import type { RequestContext } from '../../../api/context';
import { DateTimeScalar } from '../../../api/scalars';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description: 'Passes were added to the wallet without a purchase.',
})
export class DayPassesGranted extends DayPassEvent {
  @Field(() => String, { description: 'The reason that was given for the grant.' })
  reason!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the unused passes of this grant expire; null if they do not expire.',
  })
  expiresAt!: number | null;
}

@Resolver(() => DayPassesGranted)
export class GrantedResolver {
  @FieldResolver(() => AgentType, {
    nullable: true,
    description:
      'The admin who granted the passes; null if it was not an agent. `actor` names API keys and the operator too.',
  })
  grantedBy(
    @Root() { entry }: DayPassesGranted,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return findAgent(context, entry.actor?.kind === 'AGENT' ? entry.actor.id : null);
  }
}
