import type { Ask } from '../roles/read-roles';

/** A table of the service, as the catalogues of PostgreSQL and Citus have it. */
export interface ClusterTable {
  name: string;
  /** Whether its rows belong to accounts. */
  isOfAccounts: boolean;
  /** Null: not known to Citus. */
  kind: 'distributed' | 'reference' | null;
  distributedBy: string | null;
  /** Tables of one group have the rows of one account on the same machine. */
  group: number | null;
}

/** A foreign key between two tables of the service, with what creates it. */
export interface ForeignKey {
  name: string;
  from: string;
  to: string;
  definition: string;
}

/** Whether the database has the extension Citus. */
export async function hasCitus(ask: Ask): Promise<boolean> {
  const [row] = await ask<{ there: boolean }>(
    `select to_regclass('citus_tables') is not null as there`,
  );
  return row!.there;
}

/** Machines that shards may be on. */
export async function countWorkers(ask: Ask): Promise<number> {
  const [row] = await ask<{ workers: number }>(
    `select count(*)::int as workers from pg_dist_node
     where isactive and noderole = 'primary' and shouldhaveshards`,
  );
  return row!.workers;
}

export function readTables(ask: Ask, names: readonly string[]): Promise<ClusterTable[]> {
  return ask<ClusterTable>(
    `select c.relname::text as name,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id'
         and not a.attisdropped) as "isOfAccounts",
       case when t.citus_table_type in ('distributed', 'reference')
         then t.citus_table_type::text end as kind,
       t.distribution_column::text as "distributedBy", t.colocation_id::int as "group"
     from pg_class c left join citus_tables t on t.table_name = c.oid::regclass
     where c.relnamespace = current_schema()::text::regnamespace and c.relkind in ('r', 'p')
       and c.relname = any($1)
     order by 1`,
    [names],
  );
}

/** The foreign keys of which at least one side is one of these tables. */
export function readForeignKeys(ask: Ask, names: readonly string[]): Promise<ForeignKey[]> {
  return ask<ForeignKey>(
    `select k.conname::text as name, f.relname::text as "from", t.relname::text as "to",
       pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and f.relnamespace = current_schema()::text::regnamespace
       and (f.relname = any($1) or t.relname = any($1))
     order by 2, 1`,
    [names],
  );
}
