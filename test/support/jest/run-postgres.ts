import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../src/db/embedded/embedded-postgres';
import { readPasswords } from '../../../src/db/embedded/passwords';
import { migrate } from '../../../src/db/migrate';
import { loadSecrets } from '../../../src/db/secrets';
import { createTestFolder } from '../folder';
import type { Made } from './run-host';

/** The run's PostgreSQL, with a migrated database that every test file clones; answers its URL. */
export async function startRunPostgres(): Promise<Made> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    await makeTemplate(given);
    return { answer: given, dispose: async () => {} };
  }
  const folder = createTestFolder();
  // Nothing of it outlives the run, a crash least of all; and memory is to hold few old logs.
  const settings = {
    ...{ fsync: 'off', full_page_writes: 'off', max_wal_size: '256MB' },
    // It would look at each of the run's hundreds of databases, which live for seconds.
    autovacuum: 'off',
    // Every worker may have several processes of the service, and some keep their connections.
    max_connections: '600',
  };
  const server = await startEmbeddedPostgres({ dataDir: folder.path, settings });
  const url = server.urlOf('daypass');
  await trustDaypass(server, url);
  await makeTemplate(url);
  return {
    answer: url,
    async dispose() {
      await server.stop();
      folder.remove();
    },
  };
}

/** A run opens thousands of connections, and each would spend some milliseconds on the password. */
async function trustDaypass({ directory }: EmbeddedPostgres, url: string): Promise<void> {
  const cluster = path.join(directory, 'cluster');
  const rules = ['daypass 127.0.0.1/32 trust', 'all 127.0.0.1/32 scram-sha-256'];
  writeFileSync(
    path.join(cluster, 'pg_hba.conf'),
    rules.map((rule) => `host all ${rule}\n`).join(''),
  );
  const superuser = new URL(url);
  superuser.username = 'postgres';
  superuser.password = readPasswords(cluster)!.superuser;
  const client = new Client(String(superuser));
  await client.connect();
  await client.query('select pg_reload_conf()');
  await client.end();
}

/**
 * For a cluster of a test's own, whose sign-in stays that of production: the hash of a password costs
 * 3 ms for each connection. PostgreSQL has the setting from 16 on.
 */
export async function makeSignInCheap(url: string): Promise<void> {
  const { password } = new URL(url);
  const client = new Client(url);
  await client.connect();
  const known = await client.query("select from pg_settings where name = 'scram_iterations'");
  if (known.rowCount) {
    await client.query(`set scram_iterations = 1; alter role daypass password '${password}'`);
  }
  await client.end();
}

async function makeTemplate(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query('drop database if exists daypass_template');
  await client.query('create database daypass_template');
  await client.end();
  const template = new URL(url);
  template.pathname = '/daypass_template';
  await migrate(String(template), async (source) => {
    await loadSecrets(source);
  });
}
