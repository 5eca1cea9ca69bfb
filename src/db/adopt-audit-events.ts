import type { DataSource } from 'typeorm';
import type { Log } from '../core/log';
import { AccountManager } from './account-manager';
import { readTrailEnd, readUnsealed } from './audit-chain.queries';
import { genesisOfTrail, sealEvent } from './audit-seal';
import { everyShard } from './every-shard';

/** Events sealed by one transaction: it holds the trail's lock for milliseconds. */
const pageSize = 500;
/** How long an event that the previous release wrote after our start waits for its seal. */
const everyMs = 600_000;

/**
 * Seals the events that have no seal: those from before the upgrade, and those that the previous
 * release wrote while it still ran. It does so only within a day of the upgrade. Afterwards, an
 * event without a seal was written by hand, unless the operator says otherwise (`all`). Returns
 * their number.
 */
export async function adoptAuditEvents(source: DataSource, { all = false } = {}): Promise<number> {
  const accounts = await source.query<{ id: string }[]>(
    everyShard(
      'unsealed events',
      `select distinct e.account_id as id from audit_events e
       left join audit_trails t on t.account_id = e.account_id
       where ($1 or t.adopts_until > clock_timestamp()) and not exists (
         select 1 from audit_seals s where s.account_id = e.account_id and s.event_id = e.id)`,
    ),
    [all],
  );
  let adopted = 0;
  for (const { id } of accounts) {
    for (let more = pageSize; more === pageSize; adopted += more) {
      more = await source.transaction((entities) => adoptPage(new AccountManager(entities, id)));
    }
  }
  return adopted;
}

async function adoptPage(manager: AccountManager): Promise<number> {
  const { accountId } = manager;
  const genesis = genesisOfTrail(accountId);
  await manager.query(
    `insert into audit_trails (account_id, sequence, last_hash) values ($1, 0, $2)
     on conflict (account_id) do nothing`,
    [genesis],
  );
  await manager.query('select 1 from audit_trails where account_id = $1 for update');
  // In separate statements, so that they see what was committed during the wait for the lock.
  const end = await readTrailEnd(manager);
  if (!end) throw new Error(`Account ${accountId} has no audit trail.`);
  let hash: Buffer = Buffer.from(end.hash, 'hex');
  const events = await readUnsealed(manager, pageSize);
  const seals = events.map((event, index) => {
    hash = sealEvent(hash, event);
    return { sequence: end.sequence + index + 1, event_id: event.id, hash: hash.toString('hex') };
  });
  await manager.query(
    `insert into audit_seals (account_id, sequence, event_id, hash)
     select t.account_id, seal.sequence, seal.event_id, decode(seal.hash, 'hex')
     from audit_trails t cross join json_to_recordset($2::json)
       as seal (sequence int, event_id uuid, hash text)
     where t.account_id = $1`,
    [JSON.stringify(seals)],
  );
  await manager.query(
    'update audit_trails set sequence = $2, last_hash = $3 where account_id = $1',
    [end.sequence + seals.length, hash],
  );
  return seals.length;
}

/** Repeats this while processes of the previous release may run. Returns a function that stops it. */
export function adoptDuringUpgrade(source: DataSource, log: Log): () => void {
  const timer = setInterval(() => {
    adoptAuditEvents(source)
      .then(() =>
        source.query<unknown[]>(
          everyShard(
            'unsealed events',
            `select 1 from audit_trails where adopts_until > clock_timestamp() limit 1`,
          ),
        ),
      )
      .then((rows) => rows.length > 0 || clearInterval(timer))
      .catch((error: unknown) => log.warn({ err: error }, 'audit events were not sealed'));
  }, everyMs).unref();
  return () => clearInterval(timer);
}
