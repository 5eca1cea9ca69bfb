import { getMetadataArgsStorage } from 'typeorm';
import { codecTables, tables } from '../tables';

/**
 * What the service's role may do with a table if the tables belong to another role: everything that
 * is not history. A table that only grows keeps its rows; of records of sales, grants and counts,
 * only the columns change that the product changes. Only the owner may truncate.
 */
const limited: Readonly<Record<string, string>> = {
  journal_entries: 'select, insert',
  purchases: 'select, insert',
  invoices: 'select, insert',
  invoice_series: 'select, insert, update (last_number)',
  audit_events: 'select, insert',
  audit_seals: 'select, insert',
  ticket_replies: 'select, insert',
  consumptions: 'select, insert, update (reversed_at)',
  lots: 'select, insert, update (remaining)',
  audit_trails: 'select, insert, update (sequence, last_hash)',
  api_keys: 'select, insert, update (last_used_at, revoked_at)',
  // A job that waits leaves by being queued, or is set aside; it is never changed.
  job_outbox: 'select, insert, update (set_aside_at), delete',
  // What a notice says is history; its age deletes it.
  notices: 'select, insert, delete',
  // Rows that history refers to are never deleted. An agent without references may be: foreign keys
  // decide.
  accounts: 'select, insert, update',
  billing: 'select, insert, update',
  clients: 'select, insert, update',
  tickets: 'select, insert, update',
  wallets: 'select, insert, update',
  journals: 'select, insert, update',
  state_revisions: 'select, insert, update',
  follower_places: 'select, insert, update',
  // Made once; the operator changes them as the owner.
  service_secrets: 'select, insert',
  day_pass_prices: 'select, insert',
  sellers: 'select',
  tax_rates: 'select',
  // Written once, when a release brings the follower.
  followers: 'select, insert',
  migrations: 'select',
};

const everything = 'select, insert, update, delete';

/** All tables of the service, TypeORM's own list of migrations included. */
export const tableNames: readonly string[] = [
  ...getMetadataArgsStorage()
    .tables.filter(({ target }) => tables.some((table) => table === target))
    .map(({ name }) => name!),
  ...codecTables,
  'migrations',
];

export function rightsOn(table: string): string {
  return limited[table] ?? everything;
}

/** What the service's role may not do with a whole table. */
export function forbiddenOn(table: string): string[] {
  const words = rightsOn(table)
    .replace(/\([^)]*\)/g, '(')
    .split(', ');
  const kinds = ['insert', 'update', 'delete', 'truncate'];
  return kinds.filter((kind) => !words.includes(kind));
}
