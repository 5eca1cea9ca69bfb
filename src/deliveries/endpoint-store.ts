import type { DataSource } from 'typeorm';
import { newId } from '../core/ids';
import { AccountScope } from '../db/account-scope';
import { everyShard } from '../db/every-shard';
import { readInstant } from '../db/instant';
import { readEntriesOfKinds, type JournalEntry } from '../journal/journal-entry';
import { positionOf, type Claimed, type Move, type NextDeliveries, type TurnStore } from './turn';

/**
 * Longer than a try and its writes may last. If a process is killed, the next one begins after that
 * time; each write of a turn renews it.
 */
const leaseSeconds = 40;
/** Endpoints of one account that are served at the same time, by all processes together. */
const perAccountMax = 3;
/** The most entries that a turn looks at for a few of the wanted kinds. */
const windowMax = 5_000;
/** More accounts are not looked at in one sweep; the next finds the rest. */
const dueMax = 1_000;

/** An endpoint that has something to send now. `e` is the endpoint, `j` its journal. */
const isDue = `e.state = 'ACTIVE'
  and (e.retry_at is null or e.retry_at <= clock_timestamp())
  and (e.lease_until is null or e.lease_until <= clock_timestamp())
  and (j.sequence > e.sequence or e.replay_after is not null)`;

interface ClaimedRow {
  id: string;
  url: string;
  kinds: string[];
  sequence: number;
  replay_after: number | null;
  replay_through: number | null;
  replay_sequences: number[] | null;
  failures: number;
  failing_since: Date | null;
  secret_version: number;
  previous_secret_until: Date | null;
}

/** Takes one endpoint of the account that has something to send; null if none has. */
export async function claimEndpoint(
  source: DataSource,
  accountId: string,
): Promise<Claimed | null> {
  const lease = newId();
  const scope = new AccountScope(source, accountId);
  const now = await readInstant(scope);
  // TypeORM returns the rows of an update together with their number.
  const [[row] = []] = await scope.query<ClaimedRow[]>(
    `with chosen as (
       select e.account_id, e.id from webhook_endpoints e
       join journals j on j.account_id = e.account_id
       where e.account_id = $1 and ${isDue}
         and not (select seeding from accounts where id = $1)
         and (select count(*) from webhook_endpoints busy
              where busy.account_id = $1 and busy.lease_until > clock_timestamp()) < $3
       order by e.retry_at nulls first, e.id limit 1 for update of e skip locked)
     update webhook_endpoints e
     set lease = $2, lease_until = $5::timestamptz + interval '1 second' * $4::int
     from chosen where e.account_id = chosen.account_id and e.id = chosen.id
     returning e.id, e.url, e.kinds, e.sequence, e.replay_after, e.replay_through,
       e.replay_sequences, e.failures, e.secret_version,
       e.failing_since, e.previous_secret_until`,
    [lease, perAccountMax, leaseSeconds, now],
  );
  if (!row) return null;
  const { replay_after: after, replay_through: through, replay_sequences: sequences } = row;
  return {
    accountId,
    id: row.id,
    lease,
    url: row.url,
    kinds: row.kinds,
    sequence: row.sequence,
    replay: after === null ? null : { after, through: through!, sequences },
    failures: row.failures,
    failingMs: row.failing_since && now.getTime() - row.failing_since.getTime(),
    secretVersion: row.secret_version,
    previousSecretSigns: (row.previous_secret_until ?? now) > now,
  };
}

/** Ends the lease, so that the next turn need not wait for its end. */
export async function releaseEndpoint(
  source: DataSource,
  { accountId, id, lease }: Claimed,
): Promise<void> {
  await new AccountScope(source, accountId).query(
    `update webhook_endpoints set lease = null, lease_until = null
     where account_id = $1 and id = $2 and lease = $3`,
    [id, lease],
  );
}

/** The journal as the queue, and the row of the endpoint as the place in it. */
export function endpointStore(source: DataSource): TurnStore<JournalEntry> {
  return {
    next: (endpoint, limit) => readNext(source, endpoint, limit),
    write: (endpoint, move) => writeMove(source, endpoint, move),
  };
}

async function readNext(
  source: DataSource,
  endpoint: Claimed,
  limit: number,
): Promise<NextDeliveries<JournalEntry>> {
  const scope = new AccountScope(source, endpoint.accountId);
  const { replay } = endpoint;
  const [journal] = await scope.query<{ sequence: number }>(
    'select sequence from journals where account_id = $1',
  );
  const after = positionOf(endpoint);
  const end = Math.min(journal?.sequence ?? 0, replay?.through ?? Infinity);
  // A replay that has nothing left ends at its own end.
  if (end <= after) return { deliveries: [], through: replay?.through ?? after, isLast: true };
  const kinds = endpoint.kinds.length > 0 ? endpoint.kinds : null;
  const wanted = replay?.sequences?.filter((sequence) => sequence > after);
  const window = wanted ? end : Math.min(end, after + windowMax);
  const range = { after, through: window, kinds, limit, sequences: wanted ?? null };
  const entries = await readEntriesOfKinds(scope, range);
  const through = entries.length === limit ? entries.at(-1)!.sequence : window;
  const deliveries = entries.map((entry) => ({
    sequence: entry.sequence,
    kind: entry.kind,
    entry,
  }));
  return { deliveries, through, isLast: through === end };
}

/**
 * Writes what a try changes. A pause leaves a job in the account's outbox, in the same statement: so its
 * notice is neither lost nor sent twice.
 */
async function writeMove(
  source: DataSource,
  { accountId, id, lease }: Claimed,
  { through, isReplay, tried }: Move,
): Promise<boolean> {
  const after = tried?.after ?? null;
  const { result } = tried ?? {};
  const scope = new AccountScope(source, accountId);
  const rows = await scope.query<{ moved: boolean }>(
    `with moved as (
       update webhook_endpoints e set
         lease_until = $18::timestamptz + interval '1 second' * $4::int,
         sequence = case when $5 then e.sequence else $6::int end,
         replay_after = case when $5 and $6::int < e.replay_through then $6::int end,
         replay_through = case when $5 and $6::int < e.replay_through then e.replay_through end,
         replay_sequences = case when $5 and $6::int < e.replay_through then e.replay_sequences end,
         failures = case $7 when 'FAILED' then e.failures + 1 when 'NONE' then e.failures else 0 end,
         failing_since = case $7 when 'FAILED' then coalesce(e.failing_since, $18::timestamptz)
           when 'NONE' then e.failing_since end,
         retry_at = case when $8::int is not null
           then $18::timestamptz + interval '1 millisecond' * $8::int end,
         last_success_at = case $7 when 'DELIVERED' then $18::timestamptz else e.last_success_at end,
         state = case when $9 then 'PAUSED_FAILING' else e.state end,
         paused_at = case when $9 then $18::timestamptz else e.paused_at end
       where e.account_id = $1 and e.id = $2 and e.lease = $3
       returning e.account_id, e.id),
     logged as (
       insert into webhook_tries (account_id, id, endpoint_id, sequence, kind, tried_at, delivered,
         status, milliseconds, error, answer, replay)
       select account_id, $10::uuid, id, $11::int, $12::text, $18::timestamptz, $7 = 'DELIVERED',
         $13::int, $14::int, $15::text, $16::text, $5
       from moved where $7 <> 'NONE'),
     noted as (
       insert into job_outbox (account_id, id, task, payload)
       select account_id, $17::uuid, 'note-webhook-paused', json_build_object(
         'accountId', account_id, 'endpointId', id, 'noticeId', $17::uuid,
         'reason', case when $13 = 410 then 'GONE' else 'FAILING' end)::text
       from moved where $9)
     select exists (select from moved) as moved`,
    [
      id,
      lease,
      leaseSeconds,
      isReplay,
      through,
      !after ? 'NONE' : after.is === 'DELIVERED' ? 'DELIVERED' : 'FAILED',
      after?.is === 'RETRY' ? after.inMs : null,
      after?.is === 'GIVE_UP',
      newId(),
      tried?.sequence ?? null,
      tried?.kind ?? null,
      result?.status ?? null,
      result?.milliseconds ?? null,
      result?.error ?? null,
      result?.answer ?? null,
      newId(),
      await readInstant(scope),
    ],
  );
  return rows[0]!.moved;
}

/** Which accounts have endpoints that may send, and in which something is due. */
export interface EndpointSweep {
  active: string[];
  due: string[];
  /** How many endpoints are in each state; FAILING: active, and the last try failed. */
  states: Readonly<Record<'ACTIVE' | 'FAILING' | 'PAUSED' | 'PAUSED_FAILING', number>>;
}

export async function sweepEndpoints(source: DataSource): Promise<EndpointSweep> {
  // Three statements: in a cluster each is answered by the shards alone.
  const active = await accountsOf(
    source,
    `select distinct account_id from webhook_endpoints where state = 'ACTIVE'`,
  );
  const due = await accountsOf(
    source,
    `select distinct e.account_id from webhook_endpoints e
     join journals j on j.account_id = e.account_id where ${isDue} limit ${dueMax}`,
  );
  const [states] = await source.query<[EndpointSweep['states']]>(
    everyShard(
      'endpoints',
      `select
         count(*) filter (where state = 'ACTIVE' and failures = 0)::int as "ACTIVE",
         count(*) filter (where state = 'ACTIVE' and failures > 0)::int as "FAILING",
         count(*) filter (where state = 'PAUSED')::int as "PAUSED",
         count(*) filter (where state = 'PAUSED_FAILING')::int as "PAUSED_FAILING"
       from webhook_endpoints`,
    ),
  );
  return { active, due, states };
}

async function accountsOf(source: DataSource, sql: string): Promise<string[]> {
  const rows = await source.query<{ account_id: string }[]>(everyShard('endpoints', sql));
  return rows.map(({ account_id }) => account_id);
}

/** Of each endpoint. Older tries help nobody. */
const triesMax = 10_000;
const triesMaxDays = 30;

/** Deletes tries that are too old or too many. */
export async function pruneTries(source: DataSource): Promise<void> {
  const [{ now }] = await source.query<[{ now: Date }]>('select clock_timestamp() as now');
  await source.query(
    everyShard(
      'old tries',
      `delete from webhook_tries t using (
       select account_id, id from (
         select account_id, id, tried_at, row_number() over (
           partition by account_id, endpoint_id order by tried_at desc, id desc) as place
         from webhook_tries) as placed
       where place > $1 or tried_at < $2::timestamptz) as old
     where t.account_id = old.account_id and t.id = old.id`,
    ),
    [triesMax, new Date(now.getTime() - triesMaxDays * 24 * 3_600_000)],
  );
}
