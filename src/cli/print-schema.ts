import 'reflect-metadata';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDataSource } from '../db/data-source';
import { startEmbeddedPostgres } from '../db/embedded/embedded-postgres';
import { migrate } from '../db/migrate';
import { printSchemaSql } from '../db/print-schema-sql';
import { clientCacheOf } from '../server/operation/client-cache';
import { printApiSchema } from '../server/operation/schema';
import { printWebhookSchemas } from '../webhooks/print-schemas';

/** `npm run schema`: writes the texts that a reviewer reads as a diff. */
async function main(): Promise<void> {
  await writeFile('schema/schema.graphql', printApiSchema());
  await writeFile('schema/client-cache.json', `${JSON.stringify(clientCacheOf(), null, 2)}\n`);
  await rm('schema/webhooks', { recursive: true, force: true });
  await mkdir('schema/webhooks');
  for (const [name, text] of printWebhookSchemas()) {
    await writeFile(path.join('schema/webhooks', name), text);
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'daypass-schema-'));
  // PostgreSQL's own account passes through; otherwise the server would be in another place and
  // stay there.
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
  try {
    await migrate(server.urlOf('daypass'));
    const source = await createDataSource(server.urlOf('daypass')).initialize();
    await writeFile('schema/schema.sql', await printSchemaSql(source));
    await source.destroy();
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
