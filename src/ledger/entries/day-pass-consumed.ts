import type { EntryModule } from './entry-module';

type DayPassConsumedPayload = {
  /** Null for an emergency pass. */
  lotId: string | null;
  emergency: boolean;
};

/** An agent used a pass. */
export const dayPassConsumed: EntryModule<'DayPassConsumed', DayPassConsumedPayload> = {
  kind: 'DayPassConsumed',
  makes: 'consumption',
  moves: 'DRAWS',
  delta: () => -1,
};
