import type { Lot } from '../model/ledger';
import { isDue } from '../model/lot.rules';

export interface Draw {
  lot: Lot;
  quantity: number;
}

/** The lots, given in draw order, that the next `quantity` passes come from; fewer if they hold fewer. */
export function drawLots(
  lots: readonly Lot[],
  { quantity, nowMs }: { quantity: number; nowMs: number },
): Draw[] {
  const draws: Draw[] = [];
  let missing = quantity;
  for (const lot of lots) {
    if (missing === 0) break;
    if (lot.remaining === 0 || isDue(lot, nowMs)) continue;
    const drawn = Math.min(lot.remaining, missing);
    draws.push({ lot, quantity: drawn });
    missing -= drawn;
  }
  return draws;
}
