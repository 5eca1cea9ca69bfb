import type { EntryModule } from './entry-module';

type DayPassesGrantedPayload = {
  lotId: string;
  quantity: number;
  reason: string;
  /** Milliseconds since 1970. */
  expiresAt: number | null;
  /** Emergency passes that were paid back first: the ids of consumptions. */
  settled: readonly string[];
};

/** Passes were added without a purchase. */
export const dayPassesGranted: EntryModule<'DayPassesGranted', DayPassesGrantedPayload> = {
  kind: 'DayPassesGranted',
  makes: 'lot',
  moves: 'FILLS',
  delta: ({ quantity }) => quantity,
};
