import { rm } from 'node:fs/promises';
import type { EmbeddedPostgres } from '../../src/db/embedded/embedded-postgres';

export default async function tearDown(): Promise<void> {
  const { testServer } = globalThis as {
    testServer?: { server: EmbeddedPostgres; dataDir: string };
  };
  if (!testServer) return;
  await testServer.server.stop();
  await rm(testServer.dataDir, { recursive: true, force: true });
}
