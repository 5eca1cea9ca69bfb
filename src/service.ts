import 'reflect-metadata';
import { isIP, type AddressInfo } from 'node:net';
import type { PoolConfig } from 'pg';
import { AccountWatches } from './access/account-watches';
import { Authenticator } from './access/authenticate';
import { HeldSignIns } from './access/held-sign-ins';
import { KeyDirectory } from './access/key-directory';
import { KeyUses } from './access/key-uses';
import { ProviderSignIn } from './access/provider-sign-in';
import { CallLimit } from './api/call-limit';
import { FailureLimit } from './api/failure-limit';
import { SharedReads } from './api/shared-reads';
import { BackgroundShare } from './core/background-share';
import type { Config } from './core/config';
import { createLog, type Log } from './core/log';
import { observe, type Observed } from './core/observed';
import { adoptDuringUpgrade } from './db/adopt-audit-events';
import { connectionBounds, createDataSource, isEnding } from './db/data-source';
import { keptConnections, notPlanned, plannedByIndex, plannedOnce } from './db/kept-connections';
import { DatabaseClock } from './db/database-clock';
import { NotifyHints } from './db/hints';
import { migrate } from './db/migrate';
import { openFor, type OpenDatabase } from './db/open-database';
import { loadSecrets } from './db/secrets';
import { createWriterPool } from './db/writer-pool';
import { seedDemo } from './demo/seed-demo';
import { DeliveryRunner } from './deliveries/delivery-runner';
import { FollowerRunner } from './followers/follower-runner';
import { introduceFollowers } from './followers/introduce-followers';
import { ExpiryLoop } from './ledger/expiry-loop';
import { LedgerWriter } from './ledger/ledger-writer';
import { seedExamplePrices } from './purchases/example-prices';
import { banner } from './server/pages/banner';
import { Callers } from './server/doors/callers';
import { addDevInbox } from './server/pages/dev-inbox';
import { guardDevPages } from './server/pages/dev-guard';
import { addDevPeople } from './server/pages/dev-people';
import { addEmbedRoute } from './server/pages/embed';
import { features, followers, nodeLoaders } from './server/features';
import { adviseFirstAccount } from './server/first-account';
import { addDocs } from './server/pages/docs';
import { addGraphiqlRoutes } from './server/pages/graphiql';
import { addHealthRoutes } from './server/health';
import { answerNotFound, createHttpDoor, watchServerErrors } from './server/doors/http';
import { addInvoiceRoutes } from './server/doors/invoices';
import { invoiceFonts } from './invoices/invoice-fonts';
import { jobTasks, slowTasks } from './server/job-tasks';
import { JobRunner } from './server/jobs';
import { mailWay } from './server/mail-way';
import { addMetricsRoute, ledgerMetrics } from './server/metrics';
import { Operations } from './server/operation/operation';
import { sweepNotices } from './server/notice-sweep';
import { OutboxRunner } from './server/outbox-runner';
import { Origins } from './server/doors/origins';
import { buildApiSchema } from './server/operation/schema';
import { addSchemaRoute } from './server/doors/schema-route';
import { addSignInRoute } from './server/pages/sign-in';
import { addInvitationRoute } from './server/pages/invitation';
import { addPages } from './server/pages/pages';
import { addSseRoutes } from './server/doors/sse';
import { warmConnections } from './server/warm-connections';
import { createWebSocketDoor } from './server/doors/websocket';
import { composeEvent } from './webhooks/payload';

/** A running service. */
export interface Service {
  /** Its address, e.g. http://127.0.0.1:4000. */
  url: string;
  databaseUrl: string;
  /** Finishes the work under way, then releases everything. */
  stop(): Promise<void>;
}

/**
 * Starts all parts, in the order of their dependencies, and resolves when the service listens.
 * `opening` is the database if it is being opened already.
 */
export async function startService(
  config: Config,
  log: Log = createLog(config),
  observed: Observed = observe(log),
  opening: Promise<OpenDatabase> = openFor(config, observed),
): Promise<Service> {
  // What is held so far, to be released in the opposite order: at the end, or if the start fails.
  const releases: (() => void | Promise<void>)[] = [];
  const stop = async () => {
    for (let release = releases.pop(); release; release = releases.pop()) await release();
  };
  try {
    return { ...(await assemble({ config, log, releases, opening, ...observed })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  options: Observed & {
    config: Config;
    log: Log;
    releases: (() => void | Promise<void>)[];
    opening: Promise<OpenDatabase>;
  },
): Promise<Omit<Service, 'stop'>> {
  const { config, log, releases, metrics, failures } = options;
  // While PostgreSQL starts.
  const schema = buildApiSchema();
  const database = await options.opening;
  releases.push(() => database.close());
  const directUrl = config.directUrl ?? database.url;
  await migrate(
    directUrl,
    async (source) => {
      await loadSecrets(source);
      await seedExamplePrices(source);
      if (config.demo) await seedDemo({ source, url: database.url, log });
      await introduceFollowers(source, followers);
    },
    config.migrationUrl,
  );

  const boundsOf = (poolSize: number, plans: PoolConfig = {}): PoolConfig => ({
    ...connectionBounds(config.waits, config.preparesStatements),
    ...keptConnections(poolSize, config.keptConnections),
    // Behind a pooler in transaction mode, a setting would reach the transactions of others.
    ...(config.preparesStatements ? plans : notPlanned),
  });
  const { poolSize, reservedPoolSize, writerPoolSize } = config;
  const source = await createDataSource(database.url, poolSize, boundsOf(poolSize), (error) =>
    failures.note('database', error),
  ).initialize();
  releases.push(() => source.destroy());
  releases.push(adoptDuringUpgrade(source, log));
  // Connections for sign-in, gate questions and consumption: reports and streams cannot use them
  // up.
  const reserved = await createDataSource(
    database.url,
    reservedPoolSize,
    boundsOf(reservedPoolSize, plannedOnce),
    (error) => failures.note('database', error),
  ).initialize();
  releases.push(() => reserved.destroy());
  const clock = new DatabaseClock(reserved);
  if (config.production) await adviseFirstAccount(source, log);
  await clock.start();
  releases.push(() => clock.stop());
  const secrets = await loadSecrets(source);
  const fetchRules = { privateAddresses: config.privateIssuers };
  const webhookRules = {
    privateAddresses: config.privateWebhooks,
    plainHttp: config.privateWebhooks,
  };
  const channelRules = { ...webhookRules, hosts: config.channelHosts };
  const signIn = new ProviderSignIn({
    ...fetchRules,
    source: reserved,
    nowMs: () => clock.nowMs(),
    log,
  });
  const hints = new NotifyHints(source, directUrl, log, (error) => failures.note('hints', error));
  failures.onFailure('database', () => hints.restart());
  const keys = new KeyDirectory(reserved, hints, log);
  keys.start();
  releases.push(() => keys.stop());
  const uses = new KeyUses(source, log);
  releases.push(() => uses.stop());
  const heldSignIns = new HeldSignIns(signIn, log);
  heldSignIns.start(hints);
  releases.push(() => heldSignIns.stop());
  const failedSignIns = new FailureLimit(config.limits);
  const authenticator = new Authenticator({
    secrets,
    localIssuer: config.localIssuer,
    keys,
    uses,
    signIn,
    heldSignIns,
    failures: failedSignIns,
    nowMs: () => clock.nowMs(),
  });

  const watches = new AccountWatches(source, log, {
    nowMs: () => clock.nowMs(),
    onRead({ occurredAtMs }) {
      // A sandbox's clock runs ahead of the database's, so its entries cannot show the lag.
      const lagMs = clock.nowMs() - occurredAtMs;
      if (lagMs >= 0) metrics.journalLagged(lagMs);
    },
  });
  watches.start(hints);
  releases.push(() => watches.stop());
  await hints.start();
  releases.push(() => hints.stop());
  const writers = createWriterPool(
    database.url,
    writerPoolSize,
    log,
    boundsOf(writerPoolSize, plannedByIndex),
  );
  writers.on('error', () => {
    if (!isEnding(writers)) metrics.partFailed('database');
  });
  releases.push(() => writers.end());
  const outbox = new OutboxRunner({ source, log, observe: metrics });
  const ledger = new LedgerWriter({
    pool: writers,
    writersMax: writerPoolSize,
    log,
    waitMaxMs: config.waits.queueMs,
    assertsConservation: config.assertsConservation,
    announce: (accountId, sequence, states, entries) => {
      watches.offer(accountId, entries);
      hints.send({ accountId, sequence });
      for (const state of states) hints.send({ accountId, state });
    },
    jobsStored: (accountId) => outbox.wake(accountId),
    ...ledgerMetrics(metrics),
  });

  outbox.start();
  metrics.watchOutbox(() => outbox.failingAccounts);
  releases.push(() => outbox.stop());
  releases.push(() => ledger.drained());
  const expiry = new ExpiryLoop(source, ledger, log);
  expiry.start();
  releases.push(() => expiry.stop());

  // Deliveries and followers together give way to requests.
  const share = new BackgroundShare();
  // Each hint wakes some of that work a moment later.
  hints.listen(
    () => share.watch(),
    () => {},
  );
  const runner = new FollowerRunner({ source, followers, hints, log, share, observe: metrics });
  metrics.watchFollowers(() => runner.lags);
  runner.start();
  releases.push(() => runner.stop());

  const deliveries = new DeliveryRunner({
    source,
    share,
    hints,
    key: secrets.webhook,
    rules: webhookRules,
    compose: composeEvent,
    nowMs: () => clock.nowMs(),
    log,
    observe: metrics,
  });
  metrics.watchWebhooks(() => deliveries.states);
  metrics.watchWebhookLag(() => deliveries.lag);
  deliveries.start();
  releases.push(() => deliveries.stop());
  releases.push(sweepNotices(source, log));

  metrics.watchHintListener(() => hints.isListening());
  metrics.watchSubscribers(() => watches.listenerCount);
  metrics.watchQueue(() => ledger.queueLength);

  const reads = new SharedReads();
  // The port is known when the service listens, before the first request.
  const address = { publicUrl: config.publicUrl ?? '' };
  const services = {
    address,
    source,
    reserved,
    clock,
    authenticator,
    signIn,
    fetchRules,
    webhookRules,
    channelRules,
    ledger,
    hints,
    watches,
    nodes: nodeLoaders,
    secrets,
    log,
    reads,
    calls: new CallLimit(config.limits),
    limits: config.limits,
  };
  const operations = new Operations(schema, services, {
    introspection: config.introspection,
    metrics,
    limits: config.limits,
  });
  await operations.apollo.start();
  releases.push(() => operations.apollo.stop());

  const callers = new Callers(config.trustedProxies);
  const origins = new Origins(config, callers);
  const { production } = config;
  const app = createHttpDoor(operations, callers, { origins, production });
  watchServerErrors(app.server, failures);
  addHealthRoutes(app, operations, database);
  addSignInRoute(app, signIn, { callers, failures: failedSignIns });
  addMetricsRoute(app, metrics, config);
  if (config.introspection) addGraphiqlRoutes(app);
  addSchemaRoute(app, operations.schema);
  // A wrong file is reported at the start, and not at the first invoice.
  if (config.invoiceFont !== null) await invoiceFonts(config.invoiceFont);
  addInvoiceRoutes(app, operations, { callers, font: config.invoiceFont });
  addEmbedRoute(app);
  addDocs(app);
  const sendPage = addPages(app, { config, signIn, callers });
  addInvitationRoute(app, source, secrets.activation);
  answerNotFound(app, sendPage);
  const { mailer, inbox } = await mailWay(config, source, log);
  if (config.devPages) {
    guardDevPages(app, config);
    if (config.localIssuer) addDevPeople(app, { source, secrets, clock });
    if (inbox) addDevInbox(app, inbox, sendPage);
  }
  const streams = addSseRoutes(app, operations, { callers, failures });
  const sockets = createWebSocketDoor(app.server, operations, { callers, origins, failures });
  metrics.watchConnections('websocket', sockets.socketCount);
  metrics.watchConnections('sse', streams.readerCount);
  const jobs = new JobRunner({ url: directUrl, metrics, log });
  // Channels that hang delay no mail.
  const slowJobs = new JobRunner({ url: directUrl, metrics, log, concurrency: 8, connections: 2 });
  failures.onFailure('jobs', () => {
    jobs.restart();
    slowJobs.restart();
  });
  failures.onFailure('mail', () => mailer?.abandon?.());
  // In parallel: the port is closed at once, while readers are sent away and requests are finished.
  releases.push(async () => {
    await Promise.all([
      ...[app.close(), sockets.close(), streams.close()],
      ...[jobs.stop(), slowJobs.stop()],
    ]);
  });
  await app.listen({ host: config.host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${isIP(config.host) === 6 ? `[${config.host}]` : config.host}:${port}`;
  // After the port is known: links in mails name it if PUBLIC_URL is not set.
  const publicUrl = config.publicUrl ?? url;
  address.publicUrl = publicUrl;
  warmConnections({ sources: [reserved, source], writers });
  const taskServices = {
    source,
    mailer,
    activationKey: secrets.activation,
    invoiceLinkKey: secrets.invoiceLink,
    invoiceFont: config.invoiceFont,
    publicUrl,
    channels: {
      key: secrets.noticeChannel,
      rules: channelRules,
      nowMs: () => clock.nowMs(),
    },
  };
  jobs.start(jobTasks(features, taskServices));
  slowJobs.start(slowTasks(features, taskServices));
  if (!config.production) {
    const explorer = config.introspection;
    const options = { url, database, source, secrets, clock, explorer, config };
    process.stdout.write(await banner({ ...options, inbox: inbox !== null }));
  }
  return { url, databaseUrl: database.url };
}
