import type { DueKind, Ledger, LoadedDueItem } from '../../model/ledger';
import type { Posting } from '../../writer/posting';

/**
 * What happens when an item of a kind falls due. It runs once, in a batch of its account and so under
 * the account's lock, at the instant of that batch; the item is removed in the same batch. Its facts
 * are read by `src/ledger/rows/due-item.ts` after the lock was taken, so nobody removes an item that
 * has lost its reason: `fall` sees from the facts that there is nothing to do.
 */
export interface DueKindModule<Kind extends DueKind = DueKind> {
  readonly kind: Kind;
  fall(item: LoadedDueItem<Kind>, on: FallingOn): void;
}

export interface FallingOn {
  ledger: Ledger;
  posting: Posting;
  newId: () => string;
}
