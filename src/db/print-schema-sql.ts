import type { DataSource } from 'typeorm';

interface TableLine {
  table: string;
  kind: 'column' | 'constraint' | 'index' | 'privilege';
  name: string;
  text: string;
}

/**
 * The tables as the catalogues have them, as one sorted text: a reviewer reads it as a diff. It is
 * the same on every supported PostgreSQL, in whatever order the migrations ran, and whichever role
 * ran them or prints it. The embedded PostgreSQL has no pg_dump, whose output also differs between
 * versions.
 */
export async function printSchemaSql(source: DataSource): Promise<string> {
  const lines: TableLine[] = await source.query(catalogueQuery);
  const tables = [...new Set(lines.map((line) => line.table))];
  const blocks = tables.map((table) => {
    const of = (kind: TableLine['kind']) =>
      lines.filter((line) => line.table === table && line.kind === kind);
    const inside = [...of('column'), ...of('constraint')].map((line) => `  ${line.text}`);
    const after = [...of('index'), ...of('privilege')].map((line) => `${line.text};`);
    return [`create table ${table} (`, inside.join(',\n'), ');', ...after].join('\n');
  });
  return `-- Printed from the catalogues by "npm run schema"; not a script to run.\n\n${blocks.join('\n\n')}\n`;
}

const ours = `
  select oid, relname, relowner, coalesce(relacl, acldefault('r', relowner)) as rights from pg_class
  where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migrations'`;

const catalogueQuery = `
  with ours as (${ours}), line as (
    select relname as table, 'column' as kind, attname as name,
      attname || ' ' || format_type(atttypid, atttypmod)
        || case when attnotnull then ' not null' else '' end
        || coalesce(case attgenerated when 's' then ' generated always as ' else ' default ' end
          || pg_get_expr(adbin, adrelid) || case attgenerated when 's' then ' stored' else '' end, '') as text
    from ours
    join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all
    select relname, 'constraint', conname,
      'constraint ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
    from ours join pg_constraint on conrelid = ours.oid and contype in ('p', 'u', 'c', 'f', 'x')
    union all
    select relname, 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from ours join pg_index on indrelid = ours.oid
    where not exists (select from pg_constraint where conindid = indexrelid and conrelid = ours.oid)
    union all
    select relname, 'privilege', privilege, 'revoke ' || privilege || ' on ' || relname || ' from owner'
    from ours cross join unnest(array['delete', 'insert', 'truncate', 'update']) as privilege
    -- As it was granted: has_table_privilege says that a superuser may do anything.
    where not exists (
      select from aclexplode(rights)
      where grantee = relowner and privilege_type = upper(privilege))
  )
  select "table", kind, name, text from line
  order by "table" collate "C", kind collate "C", name collate "C"`;
