import type { AuditEvent } from '../../db/audit-trail';

/** What a command did, for the audit trail, without the actor. */
export interface Act extends Pick<AuditEvent, 'action' | 'subject' | 'before' | 'after'> {
  /** If it is not the one that the command names. */
  actor?: AuditEvent['actor'];
}

/** The fields that differ, on both sides; null if all are the same. */
export function differing<Words extends { id: string }>(
  action: AuditEvent['action'],
  type: string,
  sides: { before: Words; after: Words },
): Act | null {
  const { before, after } = sides;
  const names = (Object.keys(after) as (keyof Words)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (names.length === 0) return null;
  const only = (words: Words) => Object.fromEntries(names.map((name) => [name, words[name]]));
  return { action, subject: { type, id: after.id }, before: only(before), after: only(after) };
}

/** An instant in the form of the audit trail. */
export function instantText(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
