import { createHash } from 'node:crypto';

/** An audit event as its row has it, with its instant in ISO 8601. */
export interface StoredAuditEvent {
  account_id: string;
  id: string;
  occurred_at: string;
  actor_kind: string | null;
  actor_id: string | null;
  action: string;
  subject_type: string;
  subject_id: string;
  before: object | null;
  after: object | null;
  door: string | null;
  ip: string | null;
  user_agent: string | null;
  request_id: string | null;
}

/** The version of the text that is hashed; it changes when a field is added to it. */
const format = 1;

/** The hash before the first event of an account's audit trail. The migration computes the same. */
export function genesisOfTrail(accountId: string): Buffer {
  return sha256(`daypass audit ${format} of ${accountId}`);
}

/** The hash of an event in the chain: SHA-256 of the hash before it and the event's digest. */
export function sealEvent(previousHash: Buffer, event: StoredAuditEvent): Buffer {
  return sha256(Buffer.concat([previousHash, digestOfEvent(event)]));
}

/**
 * The digest of one canonical text of all fields. `before` and `after` are stored as jsonb, which keeps
 * no order of keys: the text has them sorted.
 */
export function digestOfEvent(event: StoredAuditEvent): Buffer {
  const fields = [
    event.account_id,
    event.id,
    event.occurred_at,
    event.actor_kind,
    event.actor_id,
    event.action,
    event.subject_type,
    event.subject_id,
    sorted(event.before),
    sorted(event.after),
    event.door,
    event.ip,
    event.user_agent,
    event.request_id,
  ];
  return sha256(`${format}\n${JSON.stringify(fields)}`);
}

/** The value as JSON keeps it, with the keys of every object in the order of their code units. */
function sorted(value: object | null): unknown {
  return sortKeys(JSON.parse(JSON.stringify(value)));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  // With their type, so that no array has the same text.
  return { object: pairs.map(([key, part]) => [key, sortKeys(part)]) };
}

function sha256(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest();
}
