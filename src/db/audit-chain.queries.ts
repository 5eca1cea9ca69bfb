import type { AccountScope } from './account-scope';
import type { StoredAuditEvent } from './audit-seal';

/** The account, within a transaction or not. */
type Account = Pick<AccountScope, 'query'>;

/** The end of a trail, and what is after its end. */
export interface TrailEnd {
  sequence: number;
  hash: string;
  /** The last seal: that of `sequence`, unless somebody wrote one by hand. */
  lastSeal: number;
  /** Whether events without a seal are those of the previous release. */
  adopts: boolean;
}

/** Null if the account has never written an event. */
export async function readTrailEnd(scope: Account): Promise<TrailEnd | null> {
  const [row] = await scope.query<TrailEnd>(
    `select sequence, encode(last_hash, 'hex') as hash,
       coalesce(adopts_until > clock_timestamp(), false) as adopts,
       coalesce((select max(sequence) from audit_seals where account_id = $1), 0) as "lastSeal"
     from audit_trails where account_id = $1`,
  );
  return row ?? null;
}

/** A seal, and the event that it seals; null: the event does not exist. */
export interface SealedEvent {
  sequence: number;
  eventId: string;
  hash: string;
  event: StoredAuditEvent | null;
}

/** The seals after `after` up to `upTo`, in order. */
export async function readSealed(
  scope: Account,
  page: { after: number; upTo: number; limit: number },
): Promise<SealedEvent[]> {
  const rows = await scope.query<SealedEvent>(
    `select s.sequence, s.event_id as "eventId", encode(s.hash, 'hex') as hash,
       case when e.id is not null then ${eventJson} end as event
     from audit_seals s
     left join audit_events e on e.account_id = s.account_id and e.id = s.event_id
     where s.account_id = $1 and s.sequence > $2 and s.sequence <= $3
     order by s.sequence limit $4`,
    [page.after, page.upTo, page.limit],
  );
  return rows.map((row) => ({ ...row, event: row.event && inMilliseconds(row.event) }));
}

/** Events without a seal, in the order of the list that people see. */
export async function readUnsealed(scope: Account, limit: number): Promise<StoredAuditEvent[]> {
  const rows = await scope.query<{ event: StoredAuditEvent }>(
    `select ${eventJson} as event from audit_events e
     where e.account_id = $1 and not exists (
       select 1 from audit_seals s where s.account_id = e.account_id and s.event_id = e.id)
     order by e.occurred_at, e.id limit $2`,
    [limit],
  );
  return rows.map(({ event }) => inMilliseconds(event));
}

const eventJson = `json_build_object('account_id', e.account_id, 'id', e.id,
  'occurred_at', to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'actor_kind', e.actor_kind, 'actor_id', e.actor_id, 'action', e.action,
  'subject_type', e.subject_type, 'subject_id', e.subject_id,
  'before', e.before, 'after', e.after, 'door', e.door, 'ip', e.ip,
  'user_agent', e.user_agent, 'request_id', e.request_id)`;

/** As it was written; an instant that has microseconds keeps them, and does not fit its seal. */
function inMilliseconds(event: StoredAuditEvent): StoredAuditEvent {
  return { ...event, occurred_at: event.occurred_at.replace(/000Z$/, 'Z') };
}
