import './core/compile-cache';
import 'reflect-metadata';
import { setImmediate } from 'node:timers/promises';
import { readConfig } from './core/config';
import { consoleToLog } from './core/console-to-log';
import { createLog } from './core/log';
import { observe } from './core/observed';
import { failureText } from './core/safe-error';
import { openFor } from './db/open-database';
import { drainOnSignals } from './server/drain';
import { superviseProcess } from './server/supervise-process';

/** The process: reads the environment, starts the service, and drains it on a signal. */
export async function runService(): Promise<void> {
  const config = readConfig();
  const log = createLog(config);
  consoleToLog(log);
  const observed = observe(log);
  const opening = openFor(config, observed);
  // Its failure is reported when the service needs it.
  opening.catch(() => {});
  const starting = loadService().then(({ startService }) =>
    startService(config, log, observed, opening),
  );
  // From the first moment on: a process that is stopped while it starts releases PostgreSQL too.
  const stop = async () => (await starting).stop();
  const drain = drainOnSignals({ stop }, { startedByNpm: config.startedByNpm, log });
  superviseProcess({ failures: observed.failures, log, drain });
  const service = await starting;
  log.info({ url: service.url }, 'listening');
}

/**
 * Loads the code of the service while PostgreSQL starts; each takes half of a start. The slowest
 * parts are loaded one after another, so that the start of PostgreSQL continues in between.
 */
async function loadService(): Promise<typeof import('./service')> {
  const slowest = [
    () => import('pg'),
    () => import('typeorm'),
    () => import('type-graphql'),
    () => import('./server/features'),
    () => import('./server/doors/http'),
  ];
  for (const load of slowest) {
    for (let turn = 0; turn < turnsBetween; turn += 1) await setImmediate();
    await load();
  }
  return import('./service');
}

/** As many as PostgreSQL's start needs from its beginning until its process runs. */
const turnsBetween = 4;

if (require.main === module) {
  runService().catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exit(1);
  });
}
