import type { UserError } from '../api/user-error';
import type { AccountManager } from '../db/account-manager';
import type { WebhookEndpointRow } from '../db/tables/webhook-endpoint';
import { changeEndpoint } from './change-endpoint';
import type { EndpointAct } from './create-endpoint';

/** What is sent again: a range of the journal, or single entries of it. */
export type ReplayRequest =
  { after: number; through: number | null } | { sequences: readonly number[] };

const sequencesMax = 100;
/** More are not counted. */
const countMax = 10_000;

/**
 * Sends events again to an endpoint, in order and before later ones. Events that it is not done with
 * come anyway, so a replay ends at its place. A replay that has not ended is replaced. Returns how
 * many events that are; null for more than 10,000. Refusals: NOT_FOUND, VALIDATION_FAILED.
 */
export async function replayEvents(
  act: EndpointAct,
  id: string,
  request: ReplayRequest,
): Promise<{ events: number | null } | UserError> {
  let events: number | null = null;
  const refused = await changeEndpoint(act, id, async (row, manager) => {
    const range = rangeOf(request, row);
    if ('code' in range) return range;
    events = await countEvents(manager, row, range);
    const { after, through, sequences } = range;
    return {
      set: {
        replayAfter: after,
        replayThrough: through,
        replaySequences: sequences,
        retryAt: null,
      },
      action: 'webhook.replayed',
      before: null,
      after: { after, through, sequences },
    };
  });
  return refused ?? { events };
}

interface Range {
  after: number;
  through: number;
  sequences: number[] | null;
}

function rangeOf(request: ReplayRequest, { sequence }: WebhookEndpointRow): Range | UserError {
  if ('after' in request) {
    const { after } = request;
    const through = Math.min(request.through ?? sequence, sequence);
    if (after < through) return { after, through, sequences: null };
    const message =
      'There is no event between these two places that was sent. Check where the replay begins.';
    return invalid('fromCursor', message);
  }
  const sequences = [...new Set(request.sequences)].sort((one, other) => one - other);
  const [first] = sequences;
  const last = sequences.at(-1);
  if (first === undefined || last === undefined || sequences.length > sequencesMax) {
    return invalid('sequences', `sequences must have 1 to ${sequencesMax} numbers.`);
  }
  if (first < 1 || last > sequence) {
    const message = `sequences must be numbers from 1 to ${sequence}, the place of the endpoint.`;
    return invalid('sequences', message);
  }
  return { after: first - 1, through: last, sequences };
}

async function countEvents(
  manager: AccountManager,
  { kinds }: WebhookEndpointRow,
  { after, through, sequences }: Range,
): Promise<number | null> {
  const [row] = await manager.query<{ count: number }>(
    `select count(*)::int as count from (
       select from journal_entries where account_id = $1 and sequence > $2 and sequence <= $3
         and ($4::int[] is null or sequence = any($4))
         and (cardinality($5::text[]) = 0 or kind = any($5)) limit $6) as counted`,
    [after, through, sequences, kinds, countMax + 1],
  );
  return row!.count > countMax ? null : row!.count;
}

function invalid(name: string, message: string): UserError {
  return { code: 'VALIDATION_FAILED', message, field: [name] };
}
