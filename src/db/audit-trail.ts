import type { Door } from '../core/metrics';

/** From where something was asked for. */
export interface Origin {
  door: Door;
  /** The caller's address; null where the connection told none. */
  ip: string | null;
  userAgent: string | null;
  requestId: string;
}

/** Who did something, and from where. The actor is null for the service itself. */
export interface Attribution {
  actor: { kind: 'AGENT' | 'API_KEY'; id: string } | null;
  origin: Origin;
}

/** One act of an admin. `before` and `after` hold what the act changed, and no secrets. */
export interface AuditEvent extends Attribution {
  /** Of the act, so that one whose transaction is run again is written once. */
  id: string;
  accountId: string;
  /** A fact in the past tense, e.g. agent.invited. */
  action: string;
  subject: { type: string; id: string };
  before: object | null;
  after: object | null;
  occurredAt: Date;
}

/** For `$2`, the JSON of `auditRows`. Asked within the account `$1`. */
export const insertAuditEvents = `
  insert into audit_events select * from json_populate_recordset(null::audit_events, $2::json)
  where account_id = $1
  on conflict (account_id, id) do nothing`;

export function auditRows(events: readonly AuditEvent[]): object[] {
  return events.map(({ actor, origin, subject, occurredAt, ...event }) => ({
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
  }));
}

/** Longer than any browser's. */
const userAgentLengthMax = 500;
