import type { DataSource } from 'typeorm';
import { newId } from '../core/ids';
import { AccountScope } from '../db/account-scope';
import { readInstant } from '../db/instant';
import { readEntriesOfKinds, type JournalEntry } from '../journal/journal-entry';
import type { JournalPage, SharedPages } from './shared-pages';
import { positionOf, type Claimed, type Move, type NextDeliveries, type TurnStore } from './turn';

/**
 * Longer than a try and its writes may last. If a process is killed, the next one begins after that
 * time; each write of a turn renews it.
 */
const leaseSeconds = 40;
/** Endpoints of one account that are served at the same time, by all processes together. */
export const perAccountMax = 3;
/** The most entries that a turn looks at for a few of the wanted kinds. */
const windowMax = 5_000;

/** An endpoint that has something to send now. `e` is the endpoint, `j` its journal. */
export const isDue = `e.state = 'ACTIVE'
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

interface StoreOptions {
  source: DataSource;
  pages: SharedPages;
  /** The database's clock. */
  nowMs: () => number;
}

/** The journal as the queue, and the row of the endpoint as the place in it. */
export function endpointStore(on: StoreOptions): TurnStore<JournalEntry> {
  return {
    next: (endpoint, limit) => readNext(on, endpoint, limit),
    write: (endpoint, move) => writeMove(on, endpoint, move),
  };
}

async function readNext(
  { source, pages }: StoreOptions,
  endpoint: Claimed,
  limit: number,
): Promise<NextDeliveries<JournalEntry>> {
  const scope = new AccountScope(source, endpoint.accountId);
  const { replay } = endpoint;
  const after = positionOf(endpoint);
  const kept = replay ? null : pages.find(endpoint.accountId, after);
  if (kept) return ofPage(kept, endpoint);
  const [journal] = await scope.query<{ sequence: number }>(
    'select sequence from journals where account_id = $1',
  );
  const end = Math.min(journal?.sequence ?? 0, replay?.through ?? Infinity);
  // A replay that has nothing left ends at its own end.
  if (end <= after) return { deliveries: [], through: replay?.through ?? after, isLast: true };
  const kinds = endpoint.kinds.length > 0 ? endpoint.kinds : null;
  const wanted = replay?.sequences?.filter((sequence) => sequence > after);
  const window = wanted ? end : Math.min(end, after + windowMax);
  const range = { after, through: window, kinds, limit, sequences: wanted ?? null };
  const entries = await readEntriesOfKinds(scope, range);
  const through = entries.length === limit ? entries.at(-1)!.sequence : window;
  const page = { after, through, end, entries };
  if (!replay && !kinds) pages.keep(endpoint.accountId, page);
  return ofPage(page, endpoint);
}

/** What an endpoint wants of a page. */
function ofPage(page: JournalPage, endpoint: Claimed): NextDeliveries<JournalEntry> {
  const after = positionOf(endpoint);
  const { kinds } = endpoint;
  const deliveries = page.entries
    .filter(
      ({ sequence, kind }) => sequence > after && (kinds.length === 0 || kinds.includes(kind)),
    )
    .map((entry) => ({ sequence: entry.sequence, kind: entry.kind, entry }));
  return { deliveries, through: page.through, isLast: page.through === page.end };
}

/** Admins learn of an endpoint that has failed for so long. */
const failingNoticeSeconds = 15 * 60;
/** Requested at this failure: most endpoints have recovered before it. */
const failingNoticeAfter = 3;

/**
 * Writes what tries change, and logs them. A pause, and failures that last, leave a job in the
 * account's outbox, in the same statement: so its notice is neither lost nor sent twice.
 */
async function writeMove(
  { source, nowMs }: StoreOptions,
  { accountId, id, lease }: Claimed,
  { through, isReplay, tried }: Move,
): Promise<boolean> {
  const last = tried.at(-1);
  const scope = new AccountScope(source, accountId);
  const rows = await scope.query<{ moved: boolean }>(
    `with moved as (
       update webhook_endpoints e set
         lease_until = $5::timestamptz + interval '1 second' * $4::int,
         sequence = case when $6 then e.sequence else $7::int end,
         replay_after = case when $6 and $7::int < e.replay_through then $7::int end,
         replay_through = case when $6 and $7::int < e.replay_through then e.replay_through end,
         replay_sequences = case when $6 and $7::int < e.replay_through then e.replay_sequences end,
         failures = case $8 when 'FAILED' then case when $9 then 1 else e.failures + 1 end
           when 'NONE' then e.failures else 0 end,
         failing_since = case $8
           when 'FAILED' then case when $9 then $5::timestamptz
             else coalesce(e.failing_since, $5::timestamptz) end
           when 'NONE' then e.failing_since end,
         retry_at = case when $10::int is not null
           then $5::timestamptz + interval '1 millisecond' * $10::int end,
         last_success_at = case when $9 then $5::timestamptz else e.last_success_at end,
         state = case when $11 then 'PAUSED_FAILING' else e.state end,
         paused_at = case when $11 then $5::timestamptz else e.paused_at end
       where e.account_id = $1 and e.id = $2 and e.lease = $3
       returning e.account_id, e.id, e.failures, e.failing_since),
     logged as (
       insert into webhook_tries (account_id, id, endpoint_id, sequence, kind, tried_at, delivered,
         status, milliseconds, error, answer, replay)
       select m.account_id, t.id, m.id, t.sequence, t.kind, $5::timestamptz, t.delivered, t.status,
         t.milliseconds, t.error, t.answer, $6
       from moved m cross join unnest($14::uuid[], $15::int[], $16::text[], $17::boolean[],
         $18::int[], $19::int[], $20::text[], $21::text[])
         as t (id, sequence, kind, delivered, status, milliseconds, error, answer)),
     noted as (
       insert into job_outbox (account_id, id, task, payload, run_at)
       select account_id, $12::uuid,
         case when $11 then 'note-webhook-paused' else 'note-webhook-failing' end,
         json_build_object(
           'accountId', account_id, 'endpointId', id, 'noticeId', $12::uuid,
           'reason', case when $13::int = 410 then 'GONE' else 'FAILING' end,
           'since', failing_since)::text,
         case when not $11 then failing_since + interval '1 second' * $22::int end
       from moved where $11 or ($8 = 'FAILED' and failures = $23::int))
     select exists (select from moved) as moved`,
    [
      id,
      lease,
      leaseSeconds,
      new Date(nowMs()),
      isReplay,
      through,
      !last ? 'NONE' : last.after.is === 'DELIVERED' ? 'DELIVERED' : 'FAILED',
      tried.some(({ after }) => after.is === 'DELIVERED'),
      last?.after.is === 'RETRY' ? last.after.inMs : null,
      last?.after.is === 'GIVE_UP',
      newId(),
      last?.result.status ?? null,
      tried.map(() => newId()),
      tried.map(({ sequence }) => sequence),
      tried.map(({ kind }) => kind),
      tried.map(({ after }) => after.is === 'DELIVERED'),
      tried.map(({ result }) => result.status),
      tried.map(({ result }) => result.milliseconds),
      tried.map(({ result }) => result.error),
      tried.map(({ result }) => result.answer),
      failingNoticeSeconds,
      failingNoticeAfter,
    ],
  );
  return rows[0]!.moved;
}
