import { Field, ID, Int, InterfaceType, ObjectType, type ClassType } from 'type-graphql';
import { connectionTypeOf } from '../../api/connection';
import type { RequestContext } from '../../api/context';
import { Guarded } from '../../api/guard';
import { Node, nodeId } from '../../api/node';
import { DateTimeScalar } from '../../api/scalars';
import { encodeCursor } from '../../journal/cursor';
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
  description: 'Passes were bought and added to the wallet.',
})
export class DayPassesPurchased extends DayPassEvent {}

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

@ObjectType({
  implements: DayPassEvent,
  description: 'An agent used a day pass: one pass left the wallet.',
})
export class DayPassConsumed extends DayPassEvent {}

@ObjectType({ implements: DayPassEvent, description: 'The day of a consumed pass is over.' })
export class DayPassExpired extends DayPassEvent {}

@ObjectType({
  implements: DayPassEvent,
  description:
    "An admin reversed a consumption: the agent's access ended, and the pass is back in its lot.",
})
export class DayPassReversed extends DayPassEvent {
  @Field(() => String, { description: 'The reason that the admin gave.' })
  reason!: string;
}

@ObjectType({
  implements: DayPassEvent,
  description:
    'The balance fell to the threshold, or a new threshold was set at or above the balance. Reported again only after the balance has risen above the threshold, or the threshold has changed.',
})
export class DayPassWalletLow extends DayPassEvent {
  @Field(() => Int, { description: 'The lowBalanceThreshold at that time.' })
  threshold!: number;
}

@ObjectType({ implements: DayPassEvent, description: 'The balance fell to zero.' })
export class DayPassWalletEmpty extends DayPassEvent {}

@ObjectType({
  implements: DayPassEvent,
  description: 'Unused passes of a lot expired and left the wallet.',
})
export class DayPassLotExpired extends DayPassEvent {
  @Field(() => Int, { description: 'How many passes left the wallet.' })
  quantity!: number;
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

/** The kinds that this release knows: each is the name of its type. */
const knownTypes = [
  DayPassesPurchased,
  DayPassesGranted,
  DayPassConsumed,
  DayPassExpired,
  DayPassReversed,
  DayPassWalletLow,
  DayPassWalletEmpty,
  DayPassLotExpired,
];
const knownKinds: ReadonlySet<string> = new Set(knownTypes.map(({ name }) => name));

/** Every type of event, so that the schema contains those that no field names. */
export const eventTypes = [...knownTypes, OtherDayPassEvent];

/** The public form of an entry; the other fields of its kind are in the payload, by their names. */
export function toEvent(entry: JournalEntry): DayPassEvent & Pick<OtherDayPassEvent, 'kind'> {
  const { kind, sequence, walletSequence, delta, balance, occurredAtMs, payload } = entry;
  return {
    ...payload,
    id: nodeId('DayPassEvent', entry.id),
    typeName: knownKinds.has(kind) ? kind : OtherDayPassEvent.name,
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
