import { entryKinds } from '../entries/entry-kinds';
import type { MadeRow } from '../writer/seal-entries';
import type { StoredEntry } from '../rows/entry';
import type { EntryPayload } from './entry-payload';

/** The passes that the entries so far leave in the lots, and the owed passes. */
export class LotsSoFar {
  /** The lots that are not empty, by id. */
  readonly lots = new Map<string, { walletId: string; sequence: number; remaining: number }>();
  /** Emergency passes that are owed, by the consumption's id. */
  readonly owed = new Map<string, { walletId: string; sequence: number }>();

  /** Applies the move of an entry; returns what is wrong if it differs from the entry. */
  move(entry: StoredEntry, payload: EntryPayload, made: MadeRow): string | null {
    const { settled = [], lotId = null } = payload;
    const { walletId, sequence, delta } = entry;
    let moved = 0;
    const add = (count: number) => {
      if (lotId === null) return false;
      const lot = this.lots.get(lotId) ?? { walletId, sequence, remaining: 0 };
      const remaining = lot.remaining + count;
      if (remaining < 0) return false;
      if (remaining === 0) this.lots.delete(lotId);
      else this.lots.set(lotId, { ...lot, remaining });
      moved += count;
      return true;
    };
    const pay = (consumptionId: string | null) => {
      if (!consumptionId || !this.owed.delete(consumptionId)) return false;
      moved += 1;
      return true;
    };

    const fits = (): boolean => {
      switch (entryKinds[entry.kind].moves) {
        case 'FILLS':
          if (!made || !('quantity' in made)) return false;
          return add(made.quantity - settled.length) && settled.every(pay);
        case 'DRAWS':
          if (lotId !== null) return add(-1);
          this.owed.set(entry.consumptionId ?? '', { walletId, sequence });
          moved -= 1;
          return true;
        case 'RETURNS':
          if (lotId === null) return pay(entry.consumptionId);
          return settled.length > 0 ? settled.every(pay) : add(1);
        case 'EMPTIES':
          return add(delta);
        case 'NOTHING':
          return true;
      }
    };
    if (!fits())
      return `the entries before it do not leave so many passes in lot ${lotId}, or owed`;
    if (moved === delta) return null;
    return `it moves ${delta} passes, but its lot and the owed passes move by ${moved}`;
  }
}
