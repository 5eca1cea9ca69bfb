import type { DataSource } from 'typeorm';
import { AccountScope } from './account-scope';
import { readSealed, readTrailEnd, readUnsealed, type SealedEvent } from './audit-chain.queries';
import { genesisOfTrail, sealEvent } from './audit-seal';

const pageSize = 1_000;

/** The result for an account's audit trail. */
export interface AuditVerdict {
  /** How many events were checked. */
  events: number;
  /** The hash that the trail ends with: kept elsewhere, it is a witness of all events so far. */
  hash: string;
  /** Events of the previous release that a start or `daypass migrate` still has to seal. */
  unsealed: number;
  /** The first event that does not fit, or null if all do. */
  drift: AuditDrift | null;
}

export interface AuditDrift {
  /** The event's number in the trail; null for an event without one. */
  sequence: number | null;
  /** The row id of the event; null if not even its seal exists. */
  eventId: string | null;
  what: string;
}

/**
 * Recomputes the chain of an account's audit trail. It finds events that were edited, deleted,
 * inserted or moved since they were written, the newest included. It may run while the service
 * runs: the end is read first, and the events up to there in pages.
 */
export async function verifyAudit(source: DataSource, accountId: string): Promise<AuditVerdict> {
  const scope = new AccountScope(source, accountId);
  const genesis = genesisOfTrail(accountId);
  const end = (await readTrailEnd(scope)) ?? {
    sequence: 0,
    hash: genesis.toString('hex'),
    lastSeal: 0,
    adopts: false,
  };
  let hash = genesis;
  for (let after = 0; after < end.sequence; after += pageSize) {
    const upTo = Math.min(after + pageSize, end.sequence);
    const seals = await readSealed(scope, { after, upTo, limit: pageSize });
    for (let sequence = after + 1; sequence <= upTo; sequence += 1) {
      const seal = seals[sequence - after - 1];
      const drift = judge(sequence, seal, hash);
      if (drift) return { events: sequence - 1, hash: end.hash, unsealed: 0, drift };
      hash = Buffer.from(seal!.hash, 'hex');
    }
  }
  const unsealed = await readUnsealed(scope, pageSize);
  const verdict = { events: end.sequence, hash: end.hash, unsealed: unsealed.length };
  if (hash.toString('hex') !== end.hash) {
    const what = 'the trail does not end with this event: the end of the trail was changed';
    return { ...verdict, drift: { sequence: end.sequence, eventId: null, what } };
  }
  if (end.lastSeal > end.sequence) {
    const what = `it is sealed, but the trail ends with number ${end.sequence}`;
    return { ...verdict, drift: { sequence: end.lastSeal, eventId: null, what } };
  }
  const [inserted] = unsealed;
  if (!inserted || end.adopts) return { ...verdict, drift: null };
  const what = 'it has no seal, so the service did not write it';
  return { ...verdict, drift: { sequence: null, eventId: inserted.id, what } };
}

function judge(
  sequence: number,
  seal: SealedEvent | undefined,
  previousHash: Buffer,
): AuditDrift | null {
  if (seal?.sequence !== sequence) return { sequence, eventId: null, what: 'it was deleted' };
  const { event, eventId, hash } = seal;
  if (!event) return { sequence, eventId, what: 'it was deleted' };
  if (sealEvent(previousHash, event).toString('hex') === hash) return null;
  return { sequence, eventId, what: 'it does not match its seal: it was changed or moved' };
}
