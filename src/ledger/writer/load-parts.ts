import type { BatchNeeds } from '../model/needs';
import { passLengthMaxHours } from '../model/same-day.rules';
import { apiKeyRow } from '../rows/api-key';
import { consumptionRow } from '../rows/consumption';
import { dueFacts, dueItemRow, dueKinds } from '../rows/due-item';
import { invoiceRow } from '../rows/invoice';
import { attemptRow, orderRow } from '../rows/order';
import { list, ms } from '../rows/load-sql';
import { lotRow } from '../rows/lot';

/** At most this many passes, this many lots and this many items are done in one batch. */
export const dueMax = 1_000;

/** The source of the values of a load's parameters. */
export interface LoadGiven {
  accountId: string;
  needs: BatchNeeds;
  /** Replaces the clock; null: the clock decides. */
  instantMs: number | null;
}

/** Adds a parameter to the statement; returns its name in the text. */
export type AddParameter = (type: string, valueOf: (given: LoadGiven) => unknown) => string;

/** What a part adds to the load. `$1` is the account's id, and `account.now` the batch's instant. */
export interface LoadPart {
  /** Queries of the `with` clause, by their names. */
  queries?: Record<string, string>;
  /** Agents whose running passes are loaded: a query of `agent_id`. */
  agents?: string;
  /** Further running passes: a query of their rows. */
  passes?: string;
  /** Wallets that are loaded: a condition. */
  wallets?: string;
  /** Further lots: a query of their rows. */
  lots?: string;
  /** The results of the statement, by name. */
  columns: Record<string, string>;
}

/** The columns of a lot, in the order that queries of lots are united in. */
export const lotColumns = (row: string) =>
  lotRow.columns.map((column) => `${row}.${column}`).join(', ');

/** What is loaded only for batches that need it, by the need's name. */
export const loadParts = {
  tickets: (parameter) => ({
    queries: {
      ticket: `select id, client_id from tickets
        where account_id = $1 and id = any(${parameter('uuid[]', ({ needs }) => needs.tickets)})`,
    },
    wallets: 'client_id in (select client_id from ticket)',
    columns: { tickets: list(`'id', id, 'clientId', client_id`, 'ticket') },
  }),

  apiKeys: (parameter) => {
    const ids = parameter('uuid[]', ({ needs }) => needs.apiKeys);
    const from = `api_keys key where account_id = $1 and id = any(${ids})`;
    return { columns: { keys: list(apiKeyRow.pairs('key'), from) } };
  },

  keyedEntries: (parameter) => {
    const kinds = parameter('text[]', ({ needs }) => needs.keyedEntries.map(({ kind }) => kind));
    const keys = parameter('text[]', ({ needs }) => needs.keyedEntries.map(({ key }) => key));
    return {
      columns: {
        keyed: list(
          `'kind', e.kind, 'key', e.key, 'keyDigest', e.key_digest, 'commandId', e.command_id,
           'walletId', e.wallet_id, 'purchaseId', e.payload::json ->> 'purchaseId',
           'invoiceId', e.payload::json ->> 'invoiceId', 'orderId', e.payload::json ->> 'orderId'`,
          `unnest(${kinds}, ${keys}) as asked (kind, key)
           join journal_entries e on e.account_id = $1 and e.kind = asked.kind and e.key = asked.key`,
        ),
      },
    };
  },

  reversals: (parameter) => ({
    queries: {
      reversed: `select c.*, e.settled_by_lot_id from consumptions c
        left join emergency_passes e on e.account_id = $1 and e.consumption_id = c.id
        where c.account_id = $1
          and c.id = any(${parameter('uuid[]', ({ needs }) => needs.reversals)})`,
    },
    agents: 'select agent_id from reversed',
    wallets: 'id in (select wallet_id from reversed)',
    lots: `select ${lotColumns('lots')} from lots where account_id = $1
      and id in (select coalesce(lot_id, settled_by_lot_id) from reversed)`,
    columns: {
      reversible: list(
        `'consumption', ${consumptionRow.json('c')}, 'settledByLotId', c.settled_by_lot_id,
         'reversedNear', ${list(
           `'id', other.id, 'agentId', other.agent_id, 'startsAtMs', ${ms('other.starts_at')},
            'expiresAtMs', ${ms('other.expires_at')}`,
           `consumptions other
            where other.account_id = $1 and other.agent_id = c.agent_id
              and other.starts_at > c.starts_at - interval '${passLengthMaxHours} hours'
              and other.starts_at < c.expires_at
              and other.reversed_at is not null and other.id <> c.id`,
         )}`,
        'reversed c',
      ),
    },
  }),

  due: (parameter) => {
    const isNeeded = parameter('boolean', ({ needs }) => needs.due);
    return {
      queries: {
        due_lot: `select l.* from lots l, account
          where l.account_id = $1 and ${isNeeded} and l.remaining > 0
            and l.expires_at <= account.now
          order by l.expires_at, l.id limit ${dueMax}`,
        due_item: `select i.* from due_items i, account
          where i.account_id = $1 and ${isNeeded} and i.at <= account.now
            and i.kind in (${dueKinds.map((kind) => `'${kind}'`).join(', ')})
          order by i.at, i.kind, i.subject limit ${dueMax}`,
      },
      passes: `(select r.* from running_passes r, account
        where r.account_id = $1 and ${isNeeded} and r.expires_at <= account.now
        order by r.expires_at, r.agent_id limit ${dueMax})`,
      wallets: `id in (select wallet_id from due_lot
        union all select o.wallet_id from due_item i
          join orders o on o.account_id = $1 and o.id = i.subject where i.kind = 'ORDER_LAPSES')`,
      lots: `select ${lotColumns('due_lot')} from due_lot`,
      columns: {
        due_items: list(`${dueItemRow.pairs('item')}, 'facts', ${dueFacts}`, 'due_item item'),
      },
    };
  },

  admins: (parameter) => ({
    columns: {
      admins: `(select coalesce(json_agg(id), '[]') from agents
        where ${parameter('boolean', ({ needs }) => needs.admins)} and account_id = $1
          and status = 'ACTIVE' and type = 'FULL_TIME' and role = 'ACCOUNT_ADMIN')`,
    },
  }),

  invoices: (parameter) => {
    const ids = parameter('uuid[]', ({ needs }) => needs.invoices);
    return {
      queries: {
        invoice: `select * from invoices
          where account_id = $1 and (id = any(${ids}) or corrects_id = any(${ids}))`,
      },
      wallets: 'id in (select wallet_id from invoice)',
      columns: { invoices: list(invoiceRow.pairs('invoice'), 'invoice') },
    };
  },

  invoicing: (parameter) => ({
    columns: {
      invoicing: `case when ${parameter('boolean', ({ needs }) => needs.invoicing)} then
        json_build_object(
          'accountNumber', account.number, 'timeZone', account.time_zone,
          'seller', (select json_build_object('party', party,
              'taxRegistrations', tax_registrations, 'invoicePrefix', invoice_prefix,
              'paymentAccount', payment_account)
            from sellers order by set_at desc, id desc limit 1),
          'buyer', (select buyer from billing where account_id = $1),
          'series', (select coalesce(json_object_agg(series, last_number), '{}')
            from invoice_series where account_id = $1)) end`,
    },
  }),

  orders: (parameter) => {
    const named = parameter('uuid[]', ({ needs }) => needs.orders);
    const invoices = parameter('uuid[]', ({ needs }) => needs.invoices);
    const attempts = list(
      attemptRow.pairs('attempt'),
      'payment_attempts attempt where account_id = $1 and order_id = o.id',
    );
    return {
      queries: {
        named_order: `select * from orders where account_id = $1 and id in (
          select unnest(${named})
          union select order_id from invoices where account_id = $1 and id = any(${invoices}))`,
      },
      wallets: 'id in (select wallet_id from named_order)',
      columns: {
        orders: list(`'order', ${orderRow.json('o')}, 'attempts', ${attempts}`, 'named_order o'),
      },
    };
  },

  ordering: (parameter) => ({
    columns: {
      ordering: `case when ${parameter('boolean', ({ needs }) => needs.ordering)} then
        json_build_object(
          'lastPlace', (select coalesce(max(place), 0) from orders where account_id = $1),
          'owedMinor', (select coalesce(sum(open_minor), 0) from orders
            where account_id = $1 and open_minor > 0 and credited_at is not null),
          'rates', (select coalesce(json_agg(json_build_object('country', country,
              'category', category, 'basisPoints', basis_points, 'validFromMs', 0,
              'validToMs', null)), '[]') from tax_rates
            where valid_from <= account.now and (valid_to is null or valid_to > account.now)),
          'exemptionNote', (select exemption_note from sellers
            order by set_at desc, id desc limit 1)) end`,
    },
  }),

  lastPass: (parameter) => ({
    columns: {
      last_pass_ends_ms: `case when ${parameter('boolean', ({ needs }) => needs.lastPass)} then
        (select ${ms('max(expires_at)')} from running_passes where account_id = $1) end`,
    },
  }),
} satisfies Partial<Record<keyof BatchNeeds, (parameter: AddParameter) => LoadPart>>;

export type LoadPartName = keyof typeof loadParts;
