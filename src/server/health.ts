import type { FastifyInstance } from 'fastify';
import { pendingMigrations } from '../db/migrate';
import { tzdataVersion } from '../time/zone-database';
import type { OpenDatabase } from '../db/open-database';
import type { Operations } from './operation/operation';

/** A part that has not answered by then has failed: the caller needs an answer now. */
const checkBoundMs = 1_000;

type Checks = Record<'database' | 'migrations' | 'listener', 'ok' | 'failed'>;

/**
 * `/healthz`: the process answers, and 503 asks for its restart: the embedded PostgreSQL has died,
 * and only a new process may be able to start it. `/readyz`: the process can do its work; each part
 * is named, and with 503 a balancer sends its requests elsewhere.
 */
export function addHealthRoutes(
  app: FastifyInstance,
  operations: Operations,
  database: Pick<OpenDatabase, 'isFailing'>,
): void {
  app.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (!database.isFailing()) return { status: 'ok' };
    reply.code(503);
    return { status: 'failed', checks: { embeddedPostgres: 'failed' } };
  });

  app.get('/readyz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    const checks = await checkParts(operations);
    const ready = Object.values(checks).every((word) => word === 'ok');
    reply.code(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'failed', checks: { ...checks, tzdata: tzdataVersion } };
  });
}

async function checkParts({ services: { source, hints } }: Operations): Promise<Checks> {
  const [database, migrations] = await Promise.all([
    answers(async () => {
      await source.query('select 1');
    }),
    answers(async () => {
      if (await pendingMigrations(source)) throw new Error('Migrations are pending.');
    }),
  ]);
  return { database, migrations, listener: hints.isListening() ? 'ok' : 'failed' };
}

/**
 * Whether the check succeeds in time. A check that continues after that ends by its connection's
 * time-outs.
 */
async function answers(check: () => Promise<void>): Promise<'ok' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'failed'>((resolve) => {
    timer = setTimeout(() => resolve('failed'), checkBoundMs);
  });
  const done = check().then(
    () => 'ok' as const,
    () => 'failed' as const,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
