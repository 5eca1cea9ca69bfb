import type { EntryModule } from './entry-module';

type DayPassReversedPayload = {
  /** The lot that the pass went into; null if the pass was still owed. */
  lotId: string | null;
  reason: string;
  /** The emergency pass that was paid back with it: the id of a consumption, or none. */
  settled: readonly string[];
};

/** A consumption was taken back. */
export const dayPassReversed: EntryModule<'DayPassReversed', DayPassReversedPayload> = {
  kind: 'DayPassReversed',
  makes: null,
  moves: 'RETURNS',
  delta: () => 1,
};
