import type { AuditAction } from './audit-actions';
import type { Door } from '../core/metrics';
import { digestOfEvent, genesisOfTrail, type StoredAuditEvent } from './audit-seal';

/** The origin of a request. */
export interface Origin {
  door: Door;
  /** The caller's address; null if the connection reported none. */
  ip: string | null;
  userAgent: string | null;
  requestId: string;
}

/** The same of what the operator does at the command line. */
export interface CommandOrigin extends Omit<Origin, 'door'> {
  door: 'cli';
}

/** Who acted, and from where. The actor is null for the service itself. */
export interface Attribution {
  actor: { kind: 'AGENT' | 'API_KEY' | 'OPERATOR'; id: string } | null;
  origin: Origin | CommandOrigin;
}

/**
 * One act of an admin or of the operator. `before` and `after` have what the act changed, and no
 * secrets.
 */
export interface AuditEvent extends Attribution {
  /** The id of the act, so that it is written once even if its transaction runs again. */
  id: string;
  accountId: string;
  action: AuditAction;
  subject: { type: string; id: string };
  before: object | null;
  after: object | null;
  occurredAt: Date;
}

const eventColumns = [
  ...['id', 'occurred_at', 'actor_kind', 'actor_id', 'action', 'subject_type', 'subject_id'],
  ...['before', 'after', 'door', 'ip', 'user_agent', 'request_id'],
] as const satisfies readonly (keyof StoredAuditEvent)[];

/**
 * Inserts one event with its seal and moves the trail's end, in one statement within the account
 * `$1`. An event that exists already changes nothing. The row of the trail is the lock that orders
 * events of simultaneous transactions. A transaction that also locks the account's journal or state
 * locks those first. For the parameters of `auditParameters`.
 */
export const insertAuditEvent = `
  with event as (
    select j.account_id, ${eventColumns.map((column) => `given.${column}`).join(', ')}
    from journals j cross join json_populate_record(null::audit_events, $2::json) as given
    where j.account_id = $1 and given.account_id = $1 and not exists (
      select 1 from audit_events known where known.account_id = $1 and known.id = given.id)
  ), trail as (
    insert into audit_trails as trail (account_id, sequence, last_hash)
    select account_id, 1, sha256($4::bytea || $3::bytea) from event
    on conflict (account_id) do update set sequence = trail.sequence + 1,
      last_hash = sha256(trail.last_hash || $3::bytea)
    returning sequence, last_hash
  ), seal as (
    insert into audit_seals (account_id, sequence, event_id, hash)
    select event.account_id, trail.sequence, event.id, trail.last_hash from event, trail
  )
  insert into audit_events (account_id, ${eventColumns.join(', ')})
  select account_id, ${eventColumns.join(', ')} from event`;

/** What follows the account's id in the parameters of `insertAuditEvent`. */
export function auditParameters(event: AuditEvent): unknown[] {
  const row = auditRow(event);
  return [JSON.stringify(row), digestOfEvent(row), genesisOfTrail(event.accountId)];
}

function auditRow({ actor, origin, subject, occurredAt, ...event }: AuditEvent): StoredAuditEvent {
  return {
    account_id: event.accountId,
    id: event.id,
    occurred_at: occurredAt.toISOString(),
    actor_kind: actor?.kind ?? null,
    actor_id: actor?.id ?? null,
    action: event.action,
    subject_type: subject.type,
    subject_id: subject.id,
    before: event.before,
    after: event.after,
    door: origin.door,
    ip: origin.ip,
    user_agent: origin.userAgent?.slice(0, userAgentLengthMax) ?? null,
    request_id: origin.requestId,
  };
}

/** Longer than any browser's. */
const userAgentLengthMax = 500;
