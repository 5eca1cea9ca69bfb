import { words } from '../../words';
import { textOf } from '../../words/text-of';
import { wordsFor } from '../entries/entry-words';
import type { Movement } from '../entries/entry-words.types';

export type { Movement };

/** The kind of an entry; a newer service may have further kinds. */
export function kindOf({ __typename }: Movement): string {
  return textOf(words.ledger.kind, __typename) ?? words.ledger.kind.OtherDayPassEvent;
}

/** The subject of an entry, in one line. */
export function subjectOf(movement: Movement): string {
  return wordsFor(movement)?.subject(movement as never) ?? '';
}

/** The reason that was given; null if the kind of entry has none. */
export function reasonOf(movement: Movement): string | null {
  return wordsFor(movement)?.reason?.(movement as never) ?? null;
}

/** Who caused an entry. The service itself ends passes. */
export function actorOf({ actor }: Pick<Movement, 'actor'>): string {
  return actor?.name ?? words.dashboard.service;
}
