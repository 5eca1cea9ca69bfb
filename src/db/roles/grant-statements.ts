import { jobSchema, quoted, type Ask } from './read-roles';
import { rightsOn, tableNames } from './rights';

const policy = 'daypass_service';

/**
 * The statements that give the service's role its rights on the existing tables, and nothing more:
 * its earlier rights are revoked in the same transaction. The owner runs them.
 */
export async function grantStatements(ask: Ask, service: string): Promise<string[]> {
  const role = quoted(service);
  const [place] = await ask<{ schema: string; tables: string[] }>(
    `select current_schema()::text as schema, array(
       select tablename::text from pg_tables
       where schemaname = current_schema() and tablename = any($1) order by 1) as tables`,
    [tableNames],
  );
  const { schema, tables } = place!;
  const ours = tables.flatMap((table) => {
    const on = `on ${quoted(schema)}.${quoted(table)}`;
    return [`revoke all ${on} from ${role}`, `grant ${rightsOn(table)} ${on} to ${role}`];
  });
  return [
    `grant usage on schema ${quoted(schema)} to ${role}`,
    ...ours,
    ...(await jobStatements(ask, service)),
  ];
}

/**
 * Jobs are not history. graphile-worker switches row security on for its tables and creates no
 * policy, so that only their owner sees their rows.
 */
async function jobStatements(ask: Ask, service: string): Promise<string[]> {
  const role = quoted(service);
  const [found] = await ask<{ there: boolean; guarded: string[] }>(
    `select to_regnamespace($1) is not null as there, array(
       select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relrowsecurity and not exists (
         select 1 from pg_policies p where p.schemaname = $1 and p.tablename = c.relname
           and p.policyname = $2 and p.roles = array[$3::name]) order by 1) as guarded`,
    [jobSchema, policy, service],
  );
  if (!found?.there) return [];
  return [
    `grant usage on schema ${jobSchema} to ${role}`,
    `grant select, insert, update, delete on all tables in schema ${jobSchema} to ${role}`,
    `grant usage, select on all sequences in schema ${jobSchema} to ${role}`,
    ...found.guarded.flatMap((table) => [
      `drop policy if exists ${policy} on ${jobSchema}.${quoted(table)}`,
      `create policy ${policy} on ${jobSchema}.${quoted(table)} to ${role} using (true) with check (true)`,
    ]),
  ];
}
