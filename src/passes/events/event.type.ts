import { Field, ID, Int, InterfaceType, ObjectType, type ClassType } from 'type-graphql';
import { connectionTypeOf } from '../../api/connection';
import type { RequestContext } from '../../api/context';
import { Guarded } from '../../api/guard';
import { Node, nodeId } from '../../api/node';
import { DateTimeScalar } from '../../api/scalars';
import { encodeCursor } from '../../journal/cursor';
import { isEntryKind } from '../../ledger/entries/entry-kinds';
import type { JournalEntry } from '../../journal/journal-entry';

@Guarded<DayPassEvent>(requireOwnExpiryOrJournal)
@InterfaceType('DayPassEvent', {
  implements: Node,
  description:
    "One entry of the account's journal. Entries are only ever added, and are numbered without gaps. The journal is the ledger of the account, and the source of all subscriptions. More kinds may be added. For account admins with access to the agent portal, and API keys with the scope journal:read; an agent may read the DayPassExpired entries of its own passes.",
  resolveType: (event: DayPassEvent) => event.typeName,
})
export abstract class DayPassEvent implements Node {
  @Field(() => ID, { description: 'The opaque id of this entry.' })
  id!: string;

  @Field(() => Int, {
    description: "The number of the entry in the account's journal: 1, 2, 3, without gaps.",
  })
  sequence!: number;

  @Field(() => Int, {
    description: 'The number of the entry among the entries of its wallet: 1, 2, 3, without gaps.',
  })
  walletSequence!: number;

  @Field(() => String, {
    description: 'The cursor of this entry. Pass it as `after` to continue after this entry.',
  })
  cursor!: string;

  @Field(() => DateTimeScalar, { description: "When it happened, by the account's clock." })
  occurredAt!: number;

  @Field(() => Int, {
    description:
      'The change of the balance: passes added (positive) or taken (negative); 0 if the balance does not change.',
  })
  delta!: number;

  @Field(() => Int, { description: "The wallet's balance right after this entry." })
  balance!: number;

  entry!: JournalEntry;
  /** The name of its GraphQL type. */
  typeName!: string;
}

@ObjectType({
  implements: DayPassEvent,
  description:
    'An entry of a kind that this release does not know. A newer release wrote it, during a rolling deploy or before a rollback. It counts in the balance and in the numbering like all entries.',
})
export class OtherDayPassEvent extends DayPassEvent {
  @Field(() => String, {
    description: 'The kind that the newer release wrote, e.g. "DayPassOrderPlaced".',
  })
  kind!: string;
}

export const EventConnection = connectionTypeOf(
  'DayPassEvent',
  () => DayPassEvent as unknown as ClassType<DayPassEvent>,
  'A page of the journal, oldest first. The streams accept its cursors.',
);

/** The public form of an entry; the other fields of its kind are in the payload, by their names. */
export function toEvent(entry: JournalEntry): DayPassEvent & Pick<OtherDayPassEvent, 'kind'> {
  const { kind, sequence, walletSequence, delta, balance, occurredAtMs, payload } = entry;
  return {
    ...payload,
    id: nodeId('DayPassEvent', entry.id),
    typeName: isEntryKind(kind) ? kind : OtherDayPassEvent.name,
    kind,
    sequence,
    walletSequence,
    cursor: encodeCursor(entry),
    occurredAt: occurredAtMs,
    delta,
    balance,
    entry,
  };
}

/** The journal is for admins; an agent may always read that its own pass has ended. */
function requireOwnExpiryOrJournal(context: RequestContext, { entry }: DayPassEvent) {
  const { kind, agentId } = entry;
  const isOwnExpiry =
    kind === 'DayPassExpired' && agentId !== null && context.caller.isViewer(agentId);
  return context.permissions.require(isOwnExpiry ? 'own:read' : 'journal:read');
}
