import 'reflect-metadata';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres';
import { migrate } from '../../src/db/migrate';
import { loadSecrets } from '../../src/db/secrets';
import { createTestFolder } from './folder';

/** One PostgreSQL for the whole run, with a migrated database that every test file clones. */
export default async function setUp(): Promise<void> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    await makeTemplate(given);
    process.env.TEST_SERVER_URL = given;
    return;
  }
  const { path: dataDir } = createTestFolder();
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
  await makeTemplate(server.urlOf('daypass'));
  process.env.TEST_SERVER_URL = server.urlOf('daypass');
  Object.assign(globalThis, { testServer: { server, dataDir } });
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
