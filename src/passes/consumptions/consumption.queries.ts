import type { AccountScope } from '../../db/account-scope';
import type { RowShape } from '../../db/row-shape';
import type { Consumption } from '../../ledger/model/ledger';
import { isSameDay, passLengthMaxHours, type PassSpan } from '../../ledger/model/same-day.rules';
import type { RowOf } from '../../ledger/rows/codec';
import { consumptionRow } from '../../ledger/rows/consumption';

/** Consumptions as the ledger has them. */
export const consumptionShape = consumptionRow.shape;

/** The values that most lists show. The others are half of the work of reading a row. */
const shortRow = consumptionRow.only(
  'id',
  'agentId',
  'walletId',
  'source',
  'timeZone',
  'localDate',
  'startsAtMs',
  'expiresAtMs',
  'reversedAtMs',
  'emergency',
);
export const shortConsumptionShape: RowShape<ListedConsumption> = shortRow.shape;

/** A consumption as a list has read it. */
export type ListedConsumption = RowOf<typeof shortRow> & Partial<Consumption>;

/** Loads consumptions by id. */
export function consumptionsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(Consumption | null)[]> {
  return scope.byId(consumptionShape, ids);
}

/** Loads the last pass of each agent that has not ended and was not reversed; it may be due. */
export async function runningPassesByAgent(
  scope: AccountScope,
  agentIds: readonly string[],
): Promise<(Consumption | null)[]> {
  const rows = await scope.rows(consumptionShape).andWhere(isRunning, { agentIds }).getMany();
  const found = new Map(rows.map((row) => [row.agentId, row]));
  return agentIds.map((agentId) => found.get(agentId) ?? null);
}

const isRunning = `row.id in (
  select consumption_id from running_passes running
  where running.account_id = row.account_id and running.agent_id = any(:agentIds))`;

/** Loads whether another pass of the same day was reversed, as the ledger would judge it. */
export async function dayReversals(
  scope: AccountScope,
  consumptionIds: readonly string[],
): Promise<(boolean | null)[]> {
  const rows = await scope.query<Record<'pass' | 'reversed', PassSpan>>(
    `select ${spanOf('c')} as pass, ${spanOf('other')} as reversed
     from consumptions c join consumptions other
       on other.account_id = $1 and other.agent_id = c.agent_id and other.id <> c.id
       and other.starts_at > c.starts_at - interval '${passLengthMaxHours} hours'
       and other.starts_at < c.expires_at and other.reversed_at is not null
     where c.account_id = $1 and c.id = any($2)`,
    [consumptionIds],
  );
  const sameDay = rows.filter(({ pass, reversed }) => isSameDay(pass, reversed));
  const found = new Set(sameDay.map(({ pass }) => pass.id));
  return consumptionIds.map((id) => found.has(id));
}

const spanOf = (row: string) =>
  `json_build_object('id', ${row}.id, 'agentId', ${row}.agent_id,
    'startsAtMs', (extract(epoch from ${row}.starts_at) * 1000)::bigint,
    'expiresAtMs', (extract(epoch from ${row}.expires_at) * 1000)::bigint)`;
