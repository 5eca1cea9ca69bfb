import { grantStatements } from './grant-statements';
import { jobSchema, quoted, type Ask, type Roles } from './read-roles';
import { tableNames } from './rights';

/** What a superuser runs to have tables and service belong to two roles, and what is set then. */
export interface Move {
  statements: string[];
  then: string;
}

const password = 'CHOOSE-A-PASSWORD';

/**
 * How an existing database is moved. As a rule the service keeps its role and the tables go to
 * another one; `owner` is that of DAYPASS_MIGRATION_URL, or null if it is not set yet. A superuser
 * cannot be limited: then the service gets a new role.
 */
export async function moveStatements(ask: Ask, roles: Roles, owner: string | null): Promise<Move> {
  if (roles.isSuperuser) return moveService(ask, roles.database);
  const { service, database, schema } = roles;
  const to = owner ?? 'daypass_owner';
  const role = quoted(to);
  const statements = [
    ...(owner === null ? [`create role ${role} login password '${password}'`] : []),
    `grant connect, create on database ${quoted(database)} to ${role}`,
    ...(roles.ownsDatabase ? [`alter database ${quoted(database)} owner to ${role}`] : []),
    `grant usage, create on schema ${quoted(schema)} to ${role}`,
    ...(await ownerStatements(ask, role, service)),
    ...roles.isOwner
      .filter((name) => name !== service)
      .map((name) => `revoke ${quoted(name)} from ${quoted(service)}`),
    `revoke create on database ${quoted(database)} from ${quoted(service)}`,
    `revoke create on schema ${quoted(schema)} from ${quoted(service)}`,
    ...(await grantStatements(ask, service)),
  ];
  const url =
    owner === null ? `Set DAYPASS_MIGRATION_URL to the address of ${to}, then run` : 'Run';
  return {
    statements: ['begin', ...statements, 'commit'].map((statement) => `${statement};`),
    then: `${url} npx daypass migrate. The service keeps DATABASE_URL.`,
  };
}

async function moveService(ask: Ask, database: string): Promise<Move> {
  const service = 'daypass_service';
  const statements = [
    'begin',
    `create role ${service} login password '${password}'`,
    `grant connect on database ${quoted(database)} to ${service}`,
    ...(await grantStatements(ask, service)),
    'commit',
  ];
  return {
    statements: statements.map((statement) => `${statement};`),
    then:
      `Set DAYPASS_MIGRATION_URL to what DATABASE_URL is, DATABASE_URL to the address of ${service}, ` +
      'then run npx daypass migrate and restart the service.',
  };
}

/** Everything that belongs to a table (its indexes, its sequences) goes with it. */
async function ownerStatements(ask: Ask, role: string, service: string): Promise<string[]> {
  const rows = await ask<{ what: string }>(
    `with place as (
       select c.oid, c.relname, c.relkind, n.nspname from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $2 or n.nspname = current_schema() and c.relname = any($1)
     )
     select format('schema %I', nspname) as what, 0 as step from pg_namespace
       where nspname = $2
         or nspname = current_schema() and pg_get_userbyid(nspowner) = $3
     union all
     select format('table %I.%I', nspname, relname), 1 from place where relkind in ('r', 'p')
     union all
     select format('view %I.%I', nspname, relname), 2 from place where relkind = 'v'
     union all
     select format('type %I.%I', nspname, relname), 3 from place where relkind = 'c'
     union all
     select format('sequence %I.%I', nspname, relname), 4 from place where relkind = 'S'
       and not exists (select 1 from pg_depend d where d.objid = place.oid and d.deptype in ('a', 'i'))
     union all
     select format('function %s', p.oid::regprocedure), 5 from pg_proc p
       where p.pronamespace = to_regnamespace($2)
     order by step, what`,
    [tableNames, jobSchema, service],
  );
  return rows.map(({ what }) => `alter ${what} owner to ${role}`);
}
