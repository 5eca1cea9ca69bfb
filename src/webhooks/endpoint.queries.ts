import type { List } from '../api/read-page';
import type { AccountScope } from '../db/account-scope';
import { WebhookEndpointRow } from '../db/tables/webhook-endpoint';
import { WebhookTryRow } from '../db/tables/webhook-try';

/** Loads endpoints by id. */
export function endpointsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(WebhookEndpointRow | null)[]> {
  return scope.byId(WebhookEndpointRow, ids);
}

/** The endpoints of the account, the newest first. */
export function endpointList(scope: AccountScope): List<WebhookEndpointRow> {
  const keys = [{ sql: 'row.createdAt', kind: 'instant' as const }];
  const order = { name: 'CREATED_AT', keys, direction: 'DESC' as const };
  return { name: 'webhook endpoints', rows: scope.select(WebhookEndpointRow), order };
}

/** The tries of an endpoint, the newest first. */
export function tryList(
  scope: AccountScope,
  endpointId: string,
  failed: boolean | null,
): List<WebhookTryRow> {
  const keys = [{ sql: 'row.triedAt', kind: 'instant' as const }];
  const order = { name: 'TRIED_AT', keys, direction: 'DESC' as const };
  const rows = scope.select(WebhookTryRow).andWhere('row.endpointId = :endpointId', { endpointId });
  if (failed !== null) rows.andWhere('row.delivered = :delivered', { delivered: !failed });
  return { name: `webhook tries ${endpointId}`, rows, order };
}

/** Where an endpoint is in the journal. */
export interface EndpointPlace {
  /** The hash of the last entry that is done with; null before the first. */
  hash: string | null;
  /** Entries of its kinds after it; `waitingMax` if there are more. */
  waiting: number;
  /** The entry that is sent next, of the replay if there is one; null if nothing waits. */
  front: { id: string; sequence: number } | null;
}

const waitingMax = 1_000;
/** For an endpoint that wants few kinds and is far back. */
const lookedAtMax = 100_000;

/** Loads the places of endpoints. */
export async function placesOfEndpoints(
  scope: Pick<AccountScope, 'query'>,
  ids: readonly string[],
): Promise<(EndpointPlace | null)[]> {
  const rows = await scope.query<EndpointPlace & { endpoint_id: string }>(
    `select e.id as endpoint_id, encode(place.hash, 'hex') as hash, ahead.waiting, front.front
     from webhook_endpoints e
     left join journal_entries place
       on place.account_id = e.account_id and place.sequence = e.sequence
     cross join lateral (
       select count(*)::int as waiting from (
         select from journal_entries w
         where w.account_id = $1 and w.sequence > e.sequence
           and w.sequence <= e.sequence + $3::int
           and (e.kinds = '{}' or w.kind = any(e.kinds)) limit $4) as waits) as ahead
     left join lateral (
       select json_build_object('id', f.id, 'sequence', f.sequence) as front
       from journal_entries f
       where f.account_id = $1 and f.sequence > coalesce(e.replay_after, e.sequence)
         and f.sequence <= coalesce(e.replay_after, e.sequence) + $3::int
         and (e.replay_sequences is null or f.sequence = any(e.replay_sequences))
         and (e.kinds = '{}' or f.kind = any(e.kinds))
       order by f.sequence limit 1) as front on true
     where e.account_id = $1 and e.id = any($2)`,
    [ids, lookedAtMax, waitingMax],
  );
  const found = new Map(rows.map(({ endpoint_id: id, ...place }) => [id, place]));
  return ids.map((id) => found.get(id) ?? null);
}
