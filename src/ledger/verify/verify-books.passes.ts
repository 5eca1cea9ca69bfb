import type { Consumption } from '../model/ledger';
import type { StoredEntry } from '../rows/entry';

/** An agent's newest pass, from the entries. */
interface PassSoFar {
  consumptionId: string;
  walletId: string;
  /** The entry that recorded it. */
  sequence: number;
  expiresAtMs: number;
  end: 'runs' | 'expired' | 'reversed';
}

/** The agents' passes from the entries so far: one at a time, each with one end. */
export class PassesSoFar {
  /** By the agent's id. */
  readonly newest = new Map<string, PassSoFar>();
  /** Consumptions that are marked as reversed, with the entry still to come. */
  readonly reversalsAhead = new Map<string, { sequence: number; reversedAtMs: number }>();

  begin(row: Consumption): string | null {
    const last = this.newest.get(row.agentId);
    const overlaps =
      last?.end === 'runs' || (last?.end === 'expired' && row.startsAtMs < last.expiresAtMs);
    if (overlaps) return `its pass overlaps the agent's pass of entry ${last.sequence}`;
    const { id: consumptionId, agentId, walletId, sequence, expiresAtMs, reversedAtMs } = row;
    this.newest.set(agentId, { consumptionId, walletId, sequence, expiresAtMs, end: 'runs' });
    if (reversedAtMs !== null) this.reversalsAhead.set(consumptionId, { sequence, reversedAtMs });
    return null;
  }

  expire({ agentId, consumptionId, occurredAtMs }: StoredEntry): string | null {
    const last = this.newest.get(agentId ?? '');
    if (!last || last.consumptionId !== consumptionId || last.end !== 'runs') {
      return 'it ends a pass that is not active';
    }
    if (occurredAtMs < last.expiresAtMs) return 'it ends a pass before its time';
    last.end = 'expired';
    return null;
  }

  reverse({ agentId, consumptionId, occurredAtMs }: StoredEntry): string | null {
    const marked = this.reversalsAhead.get(consumptionId ?? '');
    if (marked?.reversedAtMs !== occurredAtMs) {
      return `it reverses consumption ${consumptionId}, which is not marked as reversed`;
    }
    this.reversalsAhead.delete(consumptionId ?? '');
    const last = this.newest.get(agentId ?? '');
    if (last?.consumptionId === consumptionId) last.end = 'reversed';
    return null;
  }
}
