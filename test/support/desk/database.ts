import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { connectionBounds, createDataSource } from '../../../src/db/data-source';
import { fromRunHost } from '../jest/run-host';
import { longBounds } from '../patience';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated database of its own, cloned from the template, for one test file. */
export function createTestDatabase(): Promise<TestDatabase> {
  return cloneOf('daypass_template');
}

/** A database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return cloneOf('template1');
}

/**
 * A database without any table whose words follow a locale: "C", or one of ICU such as "en-US".
 * PostgreSQL 14 has no databases of ICU: there one of the system's library stands in.
 */
export function createDatabaseOfLocale(locale: string): Promise<TestDatabase> {
  return cloneOf('template0', (version) => {
    if (locale === 'C') return "locale 'C'";
    if (version < version15) return "locale 'C.UTF-8'";
    return `locale 'C' locale_provider icu icu_locale '${locale}'`;
  });
}

const version15 = 150_000;

/** TypeORM's connections to a database of a test, with bounds that decide no test. The test ends them. */
export function openTestSource(url: string, poolSize = 2): Promise<DataSource> {
  return createDataSource(url, poolSize, connectionBounds(longBounds)).initialize();
}

/** Runs one statement on the test server, in a database that is not under test unless it is named. */
export async function onTestServer(sql: string, database?: string): Promise<void> {
  await withServer(async (client) => void (await client.query(sql)), database);
}

async function withServer<Result>(
  use: (client: Client) => Promise<Result>,
  database?: string,
): Promise<Result> {
  const client = new Client(await testServerUrl(database));
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function cloneOf(
  template: string,
  optionsOf: (version: number) => string = () => '',
): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withServer(async (client) => {
    const version = await versionOf(client);
    // By files, and not page by page through the log, where PostgreSQL can.
    const cheaply = version < version15 ? '' : 'strategy file_copy';
    const options = optionsOf(version);
    await client.query(`create database ${name} template ${template} ${cheaply} ${options}`);
  });
  return {
    url: await testServerUrl(name),
    // A connection that a test forgot makes this fail: that is a leak, and a failure.
    drop: () => onTestServer(`drop database ${name}`),
  };
}

async function versionOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ number: number }>(
    `select current_setting('server_version_num')::int as number`,
  );
  return rows[0]!.number;
}

/** A database of the test server; without a name one that is not under test. */
export async function testServerUrl(database?: string): Promise<string> {
  const url = new URL(await fromRunHost('postgres'));
  if (database) url.pathname = `/${database}`;
  return String(url);
}
