import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

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

/** A database without any table whose words follow a locale: "C", or one of ICU such as "en-US". */
export function createDatabaseOfLocale(locale: string): Promise<TestDatabase> {
  const provider =
    locale === 'C' ? "locale 'C'" : `locale 'C' locale_provider icu icu_locale '${locale}'`;
  return cloneOf('template0', provider);
}

/** Runs one statement on the test server, in a database that is not under test unless it is named. */
export async function onTestServer(sql: string, database?: string): Promise<void> {
  const client = new Client(urlOf(database));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function cloneOf(template: string, options = ''): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onTestServer(`create database ${name} template ${template} ${options}`);
  return {
    url: urlOf(name),
    // A connection that a test forgot makes this fail: that is a leak, and a failure.
    drop: () => onTestServer(`drop database ${name}`),
  };
}

function urlOf(database?: string): string {
  const server = process.env.TEST_SERVER_URL;
  if (!server) throw new Error('The test server is not running: see global-setup.ts.');
  const url = new URL(server);
  if (database) url.pathname = `/${database}`;
  return String(url);
}
