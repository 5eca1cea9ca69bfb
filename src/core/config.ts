import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { readMailbox } from './mailbox';
import { isLoopbackHost } from './public-address';

/**
 * The settings of the service, read once from the environment. Other files receive the typed
 * object; only this file reads `process.env`.
 */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  /** A PostgreSQL >= 14 of the operator; null: the embedded one in `dataDir`. */
  databaseUrl: string | null;
  /** The same database, with the role that owns the tables; null: the service's own role owns them. */
  migrationUrl: string | null;
  dataDir: string;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Connections for reads, per process. */
  poolSize: number;
  /** Connections for sign-in, gate questions and consumption, per process. */
  reservedPoolSize: number;
  /** Connections for the ledger's writers, per process: as many accounts can commit at once. */
  writerPoolSize: number;
  /** Whether clients may query the schema. */
  introspection: boolean;
  /** Whether each batch is checked to make and lose no passes before it is written. */
  assertsConservation: boolean;
  /** Whether bearer tokens of the service's own issuer (`daypass token`) are accepted. */
  localIssuer: boolean;
  /** Whether an identity provider may have a private address, or a loopback address without TLS. */
  privateIssuers: boolean;
  /** Whether the demo MSPs are made on the first start. */
  demo: boolean;
  /** The mail server, `smtp://` or `smtps://`; null: see `mailWay` in `src/server/mail-way.ts`. */
  smtpUrl: string | null;
  /** The sender of mails. */
  mailFrom: string;
  /**
   * The address at which people reach this service; links in mails begin with it. Null: where it
   * listens.
   */
  publicUrl: string | null;
  /** Addresses and ranges of the proxies whose X-Forwarded-For is trusted. */
  trustedProxies: readonly string[];
  /** Whether npm started this process: then it drains when npm has gone. */
  startedByNpm: boolean;
  /** Other origins whose pages may use the API, besides the service's own; `*`: all. */
  origins: '*' | readonly string[];
  /** Whether the pages of a development below `/dev` are served. Never in production. */
  devPages: boolean;
  /** Who may read `/metrics`: `token` needs `metricsToken` as the bearer token. */
  metrics: 'open' | 'token' | 'closed';
  metricsToken: string | null;
  limits: Limits;
  waits: Waits;
}

/** How long the service waits for PostgreSQL, and a command for its turn. docs/limits.md lists them. */
export interface Waits {
  /** For a connection of a pool that has no free one. */
  connectionMs: number;
  /** For a lock, for a statement, and for the next statement of a transaction. */
  lockMs: number;
  statementMs: number;
  /** Of a command in the ledger's queue. */
  queueMs: number;
}

/**
 * Limits of one request, one socket or one principal; the same at every door. docs/limits.md lists
 * them. Each process counts separately.
 */
export interface Limits {
  /** Of a body, and of a frame of a socket. */
  bodyBytes: number;
  /** Of a document's text. */
  documentBytes: number;
  tokens: number;
  depth: number;
  /** Of a selection set, with its fragments' fields. */
  fields: number;
  aliases: number;
  directives: number;
  /** Of one operation. */
  cost: number;
  /** Of opening a subscription, its first message included. */
  subscriptionCost: number;
  /** What a principal may spend at once, and gets back per second; an account: five times. */
  costBucket: number;
  costPerSecond: number;
  /** Wrong credentials and account names from one address at once, and per minute. */
  failures: number;
  failuresPerMinute: number;
  /** Keys of one account that are neither revoked nor ended. */
  keys: number;
  /** The same for all callers without a credential at one address. */
  anonymousBucket: number;
  anonymousPerSecond: number;
  /** Calls of `consumeDayPass` that a principal may make at once, and gets back per minute. */
  consumeCalls: number;
  consumeCallsPerMinute: number;
  /** Sockets and event streams that one principal may have open. */
  connections: number;
  /** Running operations of one socket: mostly its subscriptions. */
  socketOperations: number;
  /** How long a socket may stay open without a `connection_init`. */
  socketInitMs: number;
  /** How often a socket is pinged: one that has not answered by the next ping is closed. */
  heartbeatMs: number;
  /** How long a reader of an event stream may accept no data; it returns with its last event's id. */
  stalledMs: number;
  /** How long a request may take to arrive, and its answer to be ready. */
  requestMs: number;
  answerMs: number;
}

const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((text) => text === 'true' || text === '1');
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const proxies = z.string().transform((text, context) => {
  const given = text.split(',').map((one) => one.trim());
  for (const one of given) {
    const [address = '', bits] = one.split('/');
    const version = isIP(address);
    const isRange =
      bits === undefined || (/^\d{1,3}$/.test(bits) && +bits <= (version === 4 ? 32 : 128));
    if (version === 0 || !isRange) {
      context.addIssue({
        code: 'custom',
        message: `${one} is not an IP address or a range of addresses`,
      });
    }
  }
  return given;
});

/** An address that links begin with: no query, no fragment, no slash at its end. */
const linkBase = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^?#]*$/, 'must have no query and no fragment')
  .transform((text) => text.replace(/\/+$/, ''));
/** The variable of each limit, with its default and its range. */
const limitVariables = {
  // Ten times the largest text that our portal sends.
  DAYPASS_MAX_BODY_BYTES: count(1_024, 16_777_216).default(262_144),
  // Ten times the longest document of our pages, for clients that write their values into it.
  DAYPASS_MAX_DOCUMENT_BYTES: count(1_024, 16_777_216).default(65_536),
  // Introspection, the longest text in common use, has about 300.
  DAYPASS_MAX_TOKENS: count(100, 100_000).default(2_000),
  // The deepest useful path is eight fields long.
  DAYPASS_MAX_DEPTH: count(5, 100).default(12),
  DAYPASS_MAX_FIELDS: count(10, 10_000).default(200),
  DAYPASS_MAX_ALIASES: count(0, 10_000).default(200),
  DAYPASS_MAX_DIRECTIVES: count(0, 10_000).default(20),
  // Ten full pages of consumptions, each with agent, wallet, ticket and client.
  DAYPASS_MAX_COST: count(100, 10_000_000).default(5_000),
  // Seven times the most expensive subscription of our own pages: it is executed for every message.
  DAYPASS_MAX_SUBSCRIPTION_COST: count(12, 10_000_000).default(100),
  DAYPASS_COST_BUCKET: count(100, 100_000_000).default(20_000),
  DAYPASS_COST_PER_SECOND: count(1, 100_000_000).default(2_000),
  DAYPASS_FAILED_SIGN_INS: count(1, 1_000_000).default(100),
  DAYPASS_FAILED_SIGN_INS_PER_MINUTE: count(1, 1_000_000).default(60),
  DAYPASS_MAX_KEYS: count(1, 1_000_000).default(100),
  // Without a credential there are only the activation and the first request of a sign-in.
  DAYPASS_ANONYMOUS_COST_BUCKET: count(100, 100_000_000).default(1_000),
  DAYPASS_ANONYMOUS_COST_PER_SECOND: count(1, 100_000_000).default(100),
  // A person needs one per day; clicks, tabs and retries need more.
  DAYPASS_CONSUME_CALLS: count(1, 1_000_000).default(100),
  DAYPASS_CONSUME_CALLS_PER_MINUTE: count(1, 1_000_000).default(60),
  DAYPASS_MAX_CONNECTIONS: count(1, 1_000_000).default(100),
  DAYPASS_MAX_SOCKET_OPERATIONS: count(1, 10_000).default(100),
  DAYPASS_SOCKET_INIT_MS: count(100, 60_000).default(3_000),
  // Proxies close silent connections; the strictest of the common ones after 30 seconds.
  DAYPASS_HEARTBEAT_MS: count(100, 600_000).default(12_000),
  DAYPASS_STALLED_MS: count(100, 600_000).default(20_000),
  DAYPASS_REQUEST_MS: count(100, 600_000).default(15_000),
  // More than a statement and the wait for a connection may take together.
  DAYPASS_ANSWER_MS: count(100, 600_000).default(20_000),
};

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://');

/** Each wait's variable, with its default. */
const waitVariables = {
  DAYPASS_CONNECTION_WAIT_MS: count(100, 600_000).default(2_000),
  DAYPASS_LOCK_WAIT_MS: count(100, 600_000).default(2_000),
  DAYPASS_STATEMENT_MS: count(100, 600_000).default(5_000),
  DAYPASS_QUEUE_WAIT_MS: count(100, 600_000).default(5_000),
};

const origin = String.raw`https?:\/\/[^\s,/*]+`;
const origins = z
  .string()
  .regex(
    new RegExp(`^(\\*|${origin}([\\s,]+${origin})*)$`),
    'must be * or a list of origins such as https://a.example, separated by commas',
  )
  .transform((text) => (text === '*' ? '*' : text.split(/[\s,]+/)));

const variables = z.object({
  ...limitVariables,
  ...waitVariables,
  NODE_ENV: z.string().optional(),
  HOST: z.string().min(1).optional(),
  PORT: count(0, 65_535).default(4000),
  DATABASE_URL: postgresUrl.optional(),
  DAYPASS_MIGRATION_URL: postgresUrl.optional(),
  DAYPASS_DATA_DIR: z.string().min(1).default('.daypass'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  DAYPASS_POOL_SIZE: count(1, 1000).default(10),
  DAYPASS_RESERVED_POOL_SIZE: count(1, 1000).default(4),
  DAYPASS_WRITER_POOL_SIZE: count(1, 1000).default(8),
  DAYPASS_INTROSPECTION: flag.optional(),
  DAYPASS_ASSERT_CONSERVATION: flag.optional(),
  DAYPASS_LOCAL_ISSUER: flag.optional(),
  DAYPASS_PRIVATE_ISSUERS: flag.optional(),
  DAYPASS_DEMO: flag.optional(),
  DAYPASS_TRUSTED_PROXIES: proxies.default([]),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => readMailbox(text) !== null, 'must be an e-mail address, or Name <address>')
    .optional(),
  PUBLIC_URL: linkBase.optional(),
  DAYPASS_ORIGINS: origins.optional(),
  DAYPASS_DEV_PAGES: flag.optional(),
  DAYPASS_METRICS: z.enum(['open']).optional(),
  DAYPASS_METRICS_TOKEN: z.string().min(16).optional(),
  npm_lifecycle_event: z.string().optional(),
});

/**
 * The names, never the values, of the variables that are set: those that are read here, and those that
 * look like ours and are not.
 */
export function setVariables(environment: NodeJS.ProcessEnv = process.env): {
  known: string[];
  unknown: string[];
} {
  const names = Object.keys(environment).filter((name) => environment[name] !== '');
  const isKnown = (name: string) => name in variables.shape;
  return {
    known: names.filter((name) => isKnown(name) && !name.startsWith('npm_')).sort(),
    unknown: names.filter((name) => name.startsWith('DAYPASS_') && !isKnown(name)).sort(),
  };
}

/** Collects each malformed variable of the environment, with what is wrong. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the settings; throws a ConfigError that names every malformed variable. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw unusable(wrong);
  }
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  // The address at which a container listens is useless in a link, and mail servers refuse mail
  // without a sender.
  if (env.SMTP_URL && production) {
    const missing = (['MAIL_FROM', 'PUBLIC_URL'] as const).filter((name) => !env[name]);
    const wrong = missing.map((name) => `${name}: must be set if SMTP_URL is set`);
    if (wrong.length > 0) throw unusable(wrong);
  }
  const host = env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1');
  if (env.DAYPASS_MIGRATION_URL && !env.DATABASE_URL) {
    throw unusable(['DAYPASS_MIGRATION_URL: needs DATABASE_URL too, for the service itself']);
  }
  return {
    production,
    // A development start prints tokens of admins, so other machines may reach it only if that is
    // wanted.
    host,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL ?? null,
    migrationUrl: env.DAYPASS_MIGRATION_URL ?? null,
    dataDir: path.resolve(env.DAYPASS_DATA_DIR),
    logLevel: env.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    poolSize: env.DAYPASS_POOL_SIZE,
    reservedPoolSize: env.DAYPASS_RESERVED_POOL_SIZE,
    writerPoolSize: env.DAYPASS_WRITER_POOL_SIZE,
    introspection: env.DAYPASS_INTROSPECTION ?? !production,
    assertsConservation: env.DAYPASS_ASSERT_CONSERVATION ?? false,
    localIssuer: env.DAYPASS_LOCAL_ISSUER ?? !production,
    privateIssuers: env.DAYPASS_PRIVATE_ISSUERS ?? !production,
    demo: env.DAYPASS_DEMO ?? !production,
    smtpUrl: env.SMTP_URL ?? null,
    mailFrom: env.MAIL_FROM ?? 'Daypass <no-reply@localhost>',
    publicUrl: env.PUBLIC_URL ?? null,
    trustedProxies: env.DAYPASS_TRUSTED_PROXIES,
    startedByNpm: env.npm_lifecycle_event !== undefined,
    // A page under development may be served from any origin; browsers send none of our credentials
    // automatically.
    origins: env.DAYPASS_ORIGINS ?? (production ? [] : '*'),
    // These pages sign anybody in as anybody, so other machines may reach them only if somebody
    // sets this.
    devPages: !production && (env.DAYPASS_DEV_PAGES ?? isLoopbackHost(host)),
    metrics: metricsAccess(env, production),
    metricsToken: env.DAYPASS_METRICS_TOKEN ?? null,
    limits: limitsOf(env),
    waits: {
      connectionMs: env.DAYPASS_CONNECTION_WAIT_MS,
      lockMs: env.DAYPASS_LOCK_WAIT_MS,
      statementMs: env.DAYPASS_STATEMENT_MS,
      queueMs: env.DAYPASS_QUEUE_WAIT_MS,
    },
  };
}

/** A token closes an open `/metrics`; production has neither until the operator chooses one. */
function metricsAccess(
  env: Pick<z.infer<typeof variables>, 'DAYPASS_METRICS' | 'DAYPASS_METRICS_TOKEN'>,
  production: boolean,
): Config['metrics'] {
  if (env.DAYPASS_METRICS_TOKEN) return 'token';
  return env.DAYPASS_METRICS === 'open' || !production ? 'open' : 'closed';
}

function limitsOf(env: z.infer<typeof variables>): Limits {
  return {
    bodyBytes: env.DAYPASS_MAX_BODY_BYTES,
    documentBytes: env.DAYPASS_MAX_DOCUMENT_BYTES,
    tokens: env.DAYPASS_MAX_TOKENS,
    depth: env.DAYPASS_MAX_DEPTH,
    fields: env.DAYPASS_MAX_FIELDS,
    aliases: env.DAYPASS_MAX_ALIASES,
    directives: env.DAYPASS_MAX_DIRECTIVES,
    cost: env.DAYPASS_MAX_COST,
    subscriptionCost: Math.min(env.DAYPASS_MAX_SUBSCRIPTION_COST, env.DAYPASS_MAX_COST),
    // The bucket always has room for what one operation may cost.
    costBucket: Math.max(env.DAYPASS_COST_BUCKET, env.DAYPASS_MAX_COST),
    costPerSecond: env.DAYPASS_COST_PER_SECOND,
    failures: env.DAYPASS_FAILED_SIGN_INS,
    failuresPerMinute: env.DAYPASS_FAILED_SIGN_INS_PER_MINUTE,
    keys: env.DAYPASS_MAX_KEYS,
    anonymousBucket: env.DAYPASS_ANONYMOUS_COST_BUCKET,
    anonymousPerSecond: env.DAYPASS_ANONYMOUS_COST_PER_SECOND,
    consumeCalls: env.DAYPASS_CONSUME_CALLS,
    consumeCallsPerMinute: env.DAYPASS_CONSUME_CALLS_PER_MINUTE,
    connections: env.DAYPASS_MAX_CONNECTIONS,
    socketOperations: env.DAYPASS_MAX_SOCKET_OPERATIONS,
    socketInitMs: env.DAYPASS_SOCKET_INIT_MS,
    heartbeatMs: env.DAYPASS_HEARTBEAT_MS,
    stalledMs: env.DAYPASS_STALLED_MS,
    requestMs: env.DAYPASS_REQUEST_MS,
    answerMs: env.DAYPASS_ANSWER_MS,
  };
}

function unusable(wrong: readonly string[]): ConfigError {
  return new ConfigError(`The environment variables are not valid.\n  ${wrong.join('\n  ')}`);
}
