import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../api/context';
import type { AccountScope } from '../../db/account-scope';
import type { JournalEntry } from '../../journal/journal-entry';
import { OrderType } from '../../orders/order.type';
import { DayPassActor, loadActor, type ActorType } from './event.resolver';

/** The order's row names an agent alone; its entry in the journal names keys as well. */
@Resolver(() => OrderType)
export class ActorOfOrderResolver {
  @FieldResolver(() => DayPassActor, {
    nullable: true,
    description:
      'The agent or API key that placed the order, as the journal has it. Null for an actor of a kind that only a newer release knows.',
  })
  async actor(
    @Root() { row }: OrderType,
    @Ctx() context: RequestContext,
  ): Promise<ActorType | null> {
    const actor = await context.reads.load(actorsBySequence, row.sequence);
    return loadActor(context, actor);
  }
}

/** Loads who caused the entries with these numbers. */
async function actorsBySequence(
  scope: AccountScope,
  sequences: readonly number[],
): Promise<JournalEntry['actor'][]> {
  const rows = await scope.query<{ sequence: number; kind: string | null; id: string | null }>(
    `select sequence, actor_kind as kind, actor_id as id from journal_entries
     where account_id = $1 and sequence = any($2::integer[])`,
    [sequences],
  );
  const found = new Map(rows.map((row) => [row.sequence, row]));
  return sequences.map((sequence) => {
    const { kind = null, id = null } = found.get(sequence) ?? {};
    return kind !== null && id !== null ? { kind, id } : null;
  });
}
