import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/db/data-source';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres';
import { migrate } from '../../src/db/migrate';
import { loadSecrets } from '../../src/db/secrets';
import type { Site } from './site';

/** A migrated, empty database with PostgreSQL's default durability. */
export interface BenchDatabase {
  url: string;
  source: DataSource;
  /** The key that signs bearers. */
  bearerKey: Uint8Array;
}

/** Starts a PostgreSQL for one measurement, so that no other data or load affects it. */
export async function openDatabase(site: Site): Promise<BenchDatabase> {
  const url = await startServer(site);
  await migrate(url, async (source) => {
    await loadSecrets(source);
  });
  const source = await createDataSource(url, 8).initialize();
  site.hold(source, (opened) => opened.destroy());
  const [{ description }] = await source.query(
    `select format('%s, fsync %s, synchronous_commit %s', current_setting('server_version'),
       current_setting('fsync'), current_setting('synchronous_commit')) as description`,
  );
  site.postgres = description;
  const { localIssuer } = await loadSecrets(source);
  return { url, source, bearerKey: localIssuer };
}

async function startServer(site: Site): Promise<string> {
  const server = await startEmbeddedPostgres({ dataDir: temporaryFolder(site) });
  site.hold(server, ({ stop }) => stop());
  return server.urlOf('daypass');
}

/** A new folder that PostgreSQL's own account can reach; removed when the measurement ends. */
export function temporaryFolder(site: Site): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'daypass-bench-'));
  chmodSync(folder, 0o755);
  return site.hold(folder, () => rmSync(folder, { recursive: true, force: true }));
}

/** The bare driver's connections, without the product's bounds. They stay open while ours is measured. */
export function openPool(site: Site, url: string, max: number): Pool {
  const pool = new Pool({ connectionString: url, max, idleTimeoutMillis: 0 });
  return site.hold(pool, () => pool.end());
}
