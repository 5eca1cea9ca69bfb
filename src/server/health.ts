import type { FastifyInstance } from 'fastify';
import { pendingMigrations } from '../db/migrate';
import { tzdataVersion } from '../time/zone-database';
import type { Operations } from './operation';

/** `/healthz`: the process answers. `/readyz`: it can do its work; each part is named. */
export function addHealthRoutes(app: FastifyInstance, operations: Operations): void {
  const { source } = operations.services;

  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const database = await answers(async () => {
      await source.query('select 1');
    });
    const migrations = await answers(async () => {
      if (await pendingMigrations(source)) throw new Error('Migrations are pending.');
    });
    const ready = database && migrations;
    reply.code(ready ? 200 : 503);
    const word = (good: boolean) => (good ? 'ok' : 'failed');
    return {
      status: word(ready),
      checks: { database: word(database), migrations: word(migrations), tzdata: tzdataVersion },
    };
  });
}

async function answers(check: () => Promise<void>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch {
    return false;
  }
}
