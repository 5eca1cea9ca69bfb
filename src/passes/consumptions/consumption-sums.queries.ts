import type { AccountRows } from '../../db/account-rows';
import type { Money } from '../../ledger/model/ledger';
import type { ListedConsumption } from './consumption.queries';
import { sumsSql } from './money-sums';
import { lotOf } from './paid.queries';

export type SumGroup = 'AGENT' | 'CLIENT' | 'TICKET' | 'PRICE';

/** The sums over consumptions, of all or of one key of the group. */
export interface SumRow {
  /**
   * The row id of the agent, client or ticket, or the price, as minor units and currency. Null without a
   * group, and for passes without a client, a ticket or a price.
   */
  key: string | null;
  consumed: number;
  reversed: number;
  /** By currency. */
  paid: Money[];
  /** How many consumptions were read, for all keys. */
  read: number;
}

const keys: Record<SumGroup, string> = {
  AGENT: 'row.agent_id::text',
  CLIENT: 'row.client_id::text',
  TICKET: 'row.ticket_id::text',
  // Known with the lot. Nothing was paid for a reversed pass.
  PRICE: '(row.reversed_at is null)::text',
};
const keyOfPrice = `case when drawn.key = 'true'
  then lot.unit_price_minor::text || ' ' || lot.currency end`;

/**
 * Sums over the rows of a list, the largest group first, at most `most`. The rows are counted by lot
 * first, so that the prices of few lots are read. Reads at most `rowsMax` consumptions: then the sums
 * are not those of the whole list.
 */
export function consumptionSums(
  rows: AccountRows<ListedConsumption>,
  { groupBy, most, rowsMax }: { groupBy: SumGroup | null; most: number; rowsMax: number },
): Promise<SumRow[]> {
  return rows.readOver<SumRow>(
    (from) => `with drawn as (
       select ${groupBy ? keys[groupBy] : 'null::text'} as key, ${lotOf('row')} as lot_id,
         count(*) filter (where row.reversed_at is null) as consumed,
         count(*) filter (where row.reversed_at is not null) as reversed
       from (select row.* ${from} limit ${rowsMax}) as "row" group by 1, 2
     ), priced as (
       select ${groupBy === 'PRICE' ? keyOfPrice : 'drawn.key'} as key, consumed, reversed,
         lot.unit_price_minor * consumed as paid,
         case when consumed > 0 then lot.currency end as paid_currency
       from drawn left join lots lot on lot.account_id = $1 and lot.id = drawn.lot_id
     ), by_currency as (
       select key, paid_currency as currency, sum(consumed) as consumed, sum(reversed) as reversed,
         sum(paid) filter (where consumed > 0) as minor
       from priced group by key, paid_currency
     )
     select key, sum(consumed)::integer as consumed, sum(reversed)::integer as reversed,
       ${sumsSql('minor', 'currency')} as paid,
       (sum(sum(consumed) + sum(reversed)) over ())::integer as read
     from by_currency group by key order by 2 desc, 3 desc, key limit ${most}`,
  );
}
