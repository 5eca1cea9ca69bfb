import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Passwords } from './passwords';
import { giveTo, type ServerHome } from './server-home';
import { asSuperuser } from './superuser';

/**
 * Creates the role `daypass` and its database in a new cluster. Each step first checks whether it
 * is done, and the marker is last: if a start is killed in between, the next one completes it.
 */
export async function createRolesOnce(
  home: ServerHome,
  server: { port: number; passwords: Passwords },
): Promise<void> {
  const marker = join(home.cluster, 'daypass.roles-created');
  if (existsSync(marker)) return;
  const { port, passwords } = server;
  await asSuperuser({ port, password: passwords.superuser }, async (client) => {
    const role = await client.query("select from pg_roles where rolname = 'daypass'");
    // Statements of this kind accept no parameters; the password is hexadecimal.
    if (role.rowCount === 0) {
      await client.query(`create role daypass login createdb password '${passwords.daypass}'`);
    }
    const database = await client.query("select from pg_database where datname = 'daypass'");
    if (database.rowCount === 0) await client.query('create database daypass owner daypass');
  });
  writeFileSync(marker, '');
  giveTo(home, marker);
}
