import { tableNames } from './rights';

/** Queries the database; by a driver's client or by TypeORM. */
export type Ask = <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

/** The schema of graphile-worker, in which jobs wait. */
export const jobSchema = 'graphile_worker';

/** The owners of everything that decides whether the service's role could rewrite history. */
export interface Roles {
  service: string;
  database: string;
  schema: string;
  isSuperuser: boolean;
  /** May drop the database; since PostgreSQL 15 also the tables in `public`. */
  ownsDatabase: boolean;
  /** May drop every table in it. */
  ownsSchema: boolean;
  /** Owners of the existing tables. */
  owners: string[];
  /** Those of them that the service's role is, or may become. */
  isOwner: string[];
}

/** Reads it for the role `service`; any role may see it. */
export async function readRoles(ask: Ask, service: string): Promise<Roles> {
  const [roles] = await ask<Roles>(
    `with owner as (
       select distinct c.relowner as id from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and (n.nspname = $3
         or n.nspname = current_schema() and c.relname = any($2))
     )
     select $1::text as service, current_database()::text as database,
       current_schema()::text as schema, r.rolsuper as "isSuperuser",
       (select pg_has_role(r.oid, datdba, 'MEMBER') from pg_database
        where datname = current_database()) as "ownsDatabase",
       (select pg_has_role(r.oid, nspowner, 'MEMBER') from pg_namespace
        where nspname = current_schema()) as "ownsSchema",
       array(select pg_get_userbyid(id)::text from owner) as owners,
       array(select pg_get_userbyid(id)::text from owner
         where pg_has_role(r.oid, id, 'MEMBER')) as "isOwner"
     from pg_roles r where r.rolname = $1`,
    [service, tableNames, jobSchema],
  );
  if (!roles) throw new Error(`There is no role ${service}.`);
  return roles;
}

/** Why the service's role could rewrite history; empty if it cannot. */
export function powersOf(roles: Roles): string[] {
  const { isSuperuser, ownsDatabase, ownsSchema, isOwner, database, schema } = roles;
  if (isSuperuser) return ['it is a superuser'];
  return [
    ...(isOwner.length > 0 ? ['it owns the tables, or may become their owner'] : []),
    ...(ownsSchema ? [`it owns the schema ${schema}, or may become its owner`] : []),
    ...(ownsDatabase ? [`it owns the database ${database}, or may become its owner`] : []),
  ];
}

/** A name, quoted for SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
