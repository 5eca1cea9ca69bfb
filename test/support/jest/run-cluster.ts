import 'reflect-metadata';
import { startEmbeddedPostgres } from '../../../src/db/embedded/embedded-postgres';
import { createTestFolder } from '../folder';
import type { Made } from './run-host';
import { makeSignInCheap } from './run-postgres';

/**
 * A data folder with a cluster that has been started and stopped once; answers its path. A test
 * that starts a PostgreSQL of its own copies it: initdb costs more than the test.
 */
export async function makeRunCluster(): Promise<Made> {
  const folder = createTestFolder();
  const server = await startEmbeddedPostgres({ dataDir: folder.path, settings: { fsync: 'off' } });
  await makeSignInCheap(server.urlOf('daypass'));
  await server.stop();
  return { answer: folder.path, dispose: async () => folder.remove() };
}
