import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { AccountWatches } from './access/account-watches';
import { Authenticator } from './access/authenticate';
import { CallLimit } from './api/call-limit';
import { SharedReads } from './api/shared-reads';
import { readConfig, type Config } from './core/config';
import { createLog, type Log } from './core/log';
import { Metrics } from './core/metrics';
import { createDataSource } from './db/data-source';
import { DatabaseClock } from './db/database-clock';
import { NotifyHints } from './db/hints';
import { migrate } from './db/migrate';
import { openDatabase } from './db/open-database';
import { loadSecrets } from './db/secrets';
import { createWriterPool } from './db/writer-pool';
import { seedDemo } from './demo/seed-demo';
import { ExpiryLoop } from './ledger/expiry-loop';
import { LedgerWriter } from './ledger/account-writer';
import { seedExamplePrices } from './purchases/example-prices';
import { banner } from './server/banner';
import { drainOnSignals } from './server/drain';
import { addGraphiqlRoutes } from './server/graphiql';
import { addHealthRoutes } from './server/health';
import { createHttpDoor } from './server/http';
import { addMetricsRoute, ledgerMetrics } from './server/metrics';
import { Operations } from './server/operation';
import { nodeLoaders } from './server/registry';
import { buildApiSchema } from './server/schema';
import { createWebSocketDoor } from './server/websocket';

/** A running service. */
export interface Service {
  /** Where it answers, e.g. http://127.0.0.1:4000. */
  url: string;
  databaseUrl: string;
  /** Finishes what is under way, then lets go of everything it holds. */
  stop(): Promise<void>;
}

/** Starts everything, in the order in which it depends on each other, and answers when it listens. */
export async function startService(config: Config, log: Log = createLog(config)): Promise<Service> {
  // What is held so far, to be let go of in the opposite order: at the end, or where a start fails.
  const releases: (() => void | Promise<void>)[] = [];
  const stop = async () => {
    for (let release = releases.pop(); release; release = releases.pop()) await release();
  };
  try {
    return { ...(await assemble({ config, log, releases })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(options: {
  config: Config;
  log: Log;
  releases: (() => void | Promise<void>)[];
}): Promise<Omit<Service, 'stop'>> {
  const { config, log, releases } = options;
  const database = await openDatabase(config);
  releases.push(() => database.close());
  await migrate(database.url, async (source) => {
    await loadSecrets(source);
    await seedExamplePrices(source);
    if (config.demo) await seedDemo({ source, url: database.url, log });
  });

  const source = await createDataSource(database.url, config.poolSize).initialize();
  releases.push(() => source.destroy());
  const clock = new DatabaseClock(source);
  await clock.start();
  releases.push(() => clock.stop());
  const secrets = await loadSecrets(source);
  const authenticator = new Authenticator({
    key: secrets.localIssuer,
    localIssuer: config.localIssuer,
    nowMs: () => clock.nowMs(),
  });

  const hints = new NotifyHints(source, database.url, log);
  const metrics = new Metrics();
  const watches = new AccountWatches(source, log, ({ occurredAtMs }) => {
    // A sandbox's clock runs ahead of the database's: its entries say nothing of the lag.
    const lagMs = clock.nowMs() - occurredAtMs;
    if (lagMs >= 0) metrics.journalLagged(lagMs);
  });
  watches.start(hints);
  releases.push(() => watches.stop());
  await hints.start();
  releases.push(() => hints.stop());
  const writers = createWriterPool(database.url, config.writerPoolSize, log);
  releases.push(() => writers.end());
  const ledger = new LedgerWriter({
    pool: writers,
    writersMax: config.writerPoolSize,
    log,
    announce: (accountId, sequence, states) => {
      hints.send({ accountId, sequence });
      for (const state of states) hints.send({ accountId, state });
    },
    ...ledgerMetrics(metrics),
  });

  releases.push(() => ledger.drained());
  const expiry = new ExpiryLoop(source, ledger, log);
  expiry.start();
  releases.push(() => expiry.stop());

  metrics.watchHintListener(() => hints.isListening());
  metrics.watchSubscribers(() => watches.listenerCount);
  metrics.watchQueue(() => ledger.queueLength);

  const reads = new SharedReads();
  const services = {
    source,
    clock,
    authenticator,
    ledger,
    hints,
    watches,
    nodes: nodeLoaders,
    secrets,
    log,
    reads,
    calls: new CallLimit(config.limits),
  };
  const operations = new Operations(buildApiSchema(), services, {
    introspection: config.introspection,
    metrics,
    limits: config.limits,
  });
  await operations.apollo.start();
  releases.push(() => operations.apollo.stop());

  const app = createHttpDoor(operations, config);
  addHealthRoutes(app, operations);
  addMetricsRoute(app, metrics, config.metricsToken);
  if (config.introspection) addGraphiqlRoutes(app);
  const sockets = createWebSocketDoor(app.server, operations, config);
  // Together: the port is shut at once, while sockets are sent elsewhere and requests are finished.
  releases.push(async () => {
    await Promise.all([app.close(), sockets.close()]);
  });
  await app.listen({ host: config.host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${config.host}:${port}`;
  if (!config.production) {
    const explorer = config.introspection;
    process.stdout.write(await banner({ url, database, source, secrets, clock, explorer }));
  }
  return { url, databaseUrl: database.url };
}

/** The process: reads the environment, starts the service, and drains it when it is told to. */
export async function runService(): Promise<void> {
  const config = readConfig();
  const log = createLog(config);
  const starting = startService(config, log);
  // From the first moment on: who is told to end while starting lets go of PostgreSQL, too.
  const stop = async () => (await starting).stop();
  drainOnSignals({ stop }, { startedByNpm: config.startedByNpm, log });
  const service = await starting;
  log.info({ url: service.url }, 'listening');
}

if (require.main === module) {
  runService().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
