import { Client } from 'pg';
import type { Config } from '../core/config';
import { moveStatements } from '../db/roles/move-statements';
import { powersOf, readRoles, type Ask } from '../db/roles/read-roles';
import { forbiddenOn, tableNames } from '../db/roles/rights';
import { broken, ok, warning, type Finding } from './doctor-finding';

const part = 'history';

/** Whether the service's role could rewrite history, and how to prevent it. */
export async function checkHistory(client: Client, config: Config): Promise<Finding> {
  const ask: Ask = async (sql, parameters) => (await client.query(sql, parameters)).rows as never[];
  const [self] = await ask<{ name: string }>('select current_user::text as name');
  const roles = await readRoles(ask, self!.name);
  const { service, owners } = roles;
  if (owners.length === 0) return ok(part, 'there are no tables yet');
  if (config.databaseUrl === null) {
    const where = 'docs/operations.md explains how to protect the history in your own PostgreSQL';
    return ok(
      part,
      `one role, ${service}, owns the tables and runs the service, as with the embedded PostgreSQL; ${where}`,
    );
  }

  const owner = config.migrationUrl && (await roleOf(config.migrationUrl));
  const powers = powersOf(roles);
  const isElsewhere = owner && !owners.every((name) => name === owner);
  if (powers.length > 0 || isElsewhere) {
    const says =
      powers.length > 0
        ? `the role ${service} runs the service and could rewrite the history: ${powers.join(', ')}`
        : `the tables belong to ${owners.join(', ')}, not to the role ${owner} of DAYPASS_MIGRATION_URL`;
    const { statements, then } = await moveStatements(ask, roles, owner);
    const advice = `Run these statements as a superuser of this database. ${then}`;
    const finding = owner ? broken(part, says, advice) : warning(part, says, advice);
    return { ...finding, statements };
  }

  const excess = await readExcess(ask, service);
  if (excess.length > 0) {
    const says = `the role ${service} has privileges that it should not have: ${excess.join(', ')}`;
    return broken(part, says, 'Run npx daypass migrate with DAYPASS_MIGRATION_URL.');
  }
  return ok(
    part,
    `the tables belong to ${owners.join(', ')}; the role ${service} can only append to the history`,
  );
}

async function roleOf(url: string): Promise<string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>('select current_user::text as name');
    return rows[0]!.name;
  } finally {
    await client.end();
  }
}

/** Rights on whole tables beyond those of `rightsOn`, by whatever way the role has them. */
async function readExcess(ask: Ask, service: string): Promise<string[]> {
  const pairs = tableNames.flatMap((table) =>
    forbiddenOn(table).map((kind) => ({ tablename: table, kind })),
  );
  const rows = await ask<{ what: string }>(
    `select kind || ' on ' || tablename as what
     from json_to_recordset($2::json) as forbidden (tablename text, kind text)
     join pg_class c on c.relname = tablename and c.relnamespace = current_schema()::text::regnamespace
     where has_table_privilege($1::name, c.oid, kind) order by 1`,
    [service, JSON.stringify(pairs)],
  );
  return rows.map(({ what }) => what);
}
