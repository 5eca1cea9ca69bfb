import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../api/context';
import { ConsumptionType } from '../consumptions/consumption.type';
import { toEvent } from './event.type';
import { DayPassReversed } from './kinds/day-pass-reversed';
import { reversalsOf } from './reversal.queries';

@Resolver(() => ConsumptionType)
export class ReversalResolver {
  @FieldResolver(() => DayPassReversed, {
    nullable: true,
    description:
      'The journal entry that reversed the pass: who did it and why. Null if the pass was not reversed. For account admins with access to the agent portal, and API keys with the scope journal:read; null for other callers.',
  })
  async reversal(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    if (row.reversedAtMs === null) return null;
    if (!(await context.permissions.has('journal:read'))) return null;
    const entry = await context.reads.load(reversalsOf, row.id);
    return entry && toEvent(entry);
  }
}
