import type { LedgerMovementsQuery, OverviewEntryFragment } from '../../generated/app';

/** An entry as the ledger page asks for it. */
export type Movement = NonNullable<LedgerMovementsQuery['dayPassEvents']>['edges'][number]['node'];

/** The kinds of entries that the pages have words for. */
export type EntryKindName = Exclude<Movement['__typename'], 'OtherDayPassEvent'>;

/** What the pages say of entries of one kind. Its name is in the catalogue: `words.ledger.kind`. */
export interface EntryWords<Kind extends EntryKindName = EntryKindName> {
  /** The subject of an entry, in one line; empty if the entry has no subject. */
  subject(movement: Extract<Movement, { __typename: Kind }>): string;
  /** The entry as a sentence, for the feed. */
  sentence(entry: Extract<OverviewEntryFragment, { __typename: Kind }>): string;
  /** The reason that was given; left out if the kind has none. */
  reason?(movement: Extract<Movement, { __typename: Kind }>): string;
}
