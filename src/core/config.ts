import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import {
  count,
  limitsOf,
  limitVariables,
  waitsOf,
  waitVariables,
  type Limits,
  type Waits,
} from './limits';
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
  /**
   * The same database without a pooler, with the service's role: for the listener of hints, jobs and
   * locks of a session. Null: `databaseUrl`.
   */
  directUrl: string | null;
  dataDir: string;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Connections for reads, per process. */
  poolSize: number;
  /** Connections for sign-in, gate questions and consumption, per process. */
  reservedPoolSize: number;
  /** Connections for the ledger's writers, per process: as many accounts can commit at once. */
  writerPoolSize: number;
  /** Connections of each of these pools that stay open and warm while nobody asks. */
  keptConnections: number;
  /** Whether connections prepare statements, which a pooler in transaction mode may not know. */
  preparesStatements: boolean;
  /** Whether clients may query the schema. */
  introspection: boolean;
  /** Whether each batch is checked to make and lose no passes before it is written. */
  assertsConservation: boolean;
  /** Whether bearer tokens of the service's own issuer (`daypass token`) are accepted. */
  localIssuer: boolean;
  /** Whether an identity provider may have a private address, or a loopback address without TLS. */
  privateIssuers: boolean;
  /** Whether webhooks may go to private addresses, and to addresses without TLS. */
  privateWebhooks: boolean;
  /** Hosts, besides those of Slack and Teams, that notice channels may be at. */
  channelHosts: readonly string[];
  /** Whether the demo MSPs are made on the first start. */
  demo: boolean;
  /** The mail server, `smtp://` or `smtps://`; null: see `mailWay` in `src/server/mail-way.ts`. */
  smtpUrl: string | null;
  /** The sender of mails. */
  mailFrom: string;
  /**
   * The address at which people reach this service; links in mails begin with it. Null: the
   * address that it listens at.
   */
  publicUrl: string | null;
  /** The file of a font that is tried first for the PDFs of invoices; null: the shipped ones only. */
  invoiceFont: string | null;
  /** Addresses and ranges of the proxies whose X-Forwarded-For is trusted. */
  trustedProxies: readonly string[];
  /** The service key of a partner, for the verbs that work on a service elsewhere. */
  partnerKey: string | null;
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

const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((text) => text === 'true' || text === '1');

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
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://');

const origin = String.raw`https?:\/\/[^\s,/*]+`;
const origins = z
  .string()
  .regex(
    new RegExp(`^(\\*|${origin}([\\s,]+${origin})*)$`),
    'must be * or a list of origins such as https://a.example, separated by commas',
  )
  .transform((text) => (text === '*' ? '*' : text.split(/[\s,]+/)));

/** As `URL.host` writes them: lower case, with the port if it is not the usual one. */
const hosts = z
  .string()
  .transform((text) => text.toLowerCase().split(/[\s,]+/))
  .refine(
    (given) => given.every((host) => /^[a-z0-9.-]+(:\d{1,5})?$/.test(host)),
    'must be a list of hosts such as chat.msp.example or chat.msp.example:8065, separated by commas',
  );

const variables = z.object({
  ...limitVariables,
  ...waitVariables,
  NODE_ENV: z.string().optional(),
  HOST: z.string().min(1).optional(),
  PORT: count(0, 65_535).default(4000),
  DATABASE_URL: postgresUrl.optional(),
  DAYPASS_MIGRATION_URL: postgresUrl.optional(),
  DAYPASS_DIRECT_URL: postgresUrl.optional(),
  DAYPASS_DATA_DIR: z.string().min(1).default('.daypass'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  DAYPASS_POOL_SIZE: count(1, 1000).default(10),
  DAYPASS_RESERVED_POOL_SIZE: count(1, 1000).default(4),
  DAYPASS_WRITER_POOL_SIZE: count(1, 1000).default(8),
  DAYPASS_KEPT_CONNECTIONS: count(0, 1000).default(2),
  DAYPASS_PREPARED_STATEMENTS: flag.optional(),
  DAYPASS_INTROSPECTION: flag.optional(),
  DAYPASS_ASSERT_CONSERVATION: flag.optional(),
  DAYPASS_LOCAL_ISSUER: flag.optional(),
  DAYPASS_PRIVATE_ISSUERS: flag.optional(),
  DAYPASS_PRIVATE_WEBHOOKS: flag.optional(),
  DAYPASS_CHANNEL_HOSTS: hosts.default([]),
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
  DAYPASS_INVOICE_FONT: z.string().min(1).optional(),
  DAYPASS_ORIGINS: origins.optional(),
  DAYPASS_DEV_PAGES: flag.optional(),
  DAYPASS_METRICS: z.enum(['open']).optional(),
  DAYPASS_METRICS_TOKEN: z.string().min(16).optional(),
  // Of `daypass webhooks` and `daypass events`, which have no service of their own.
  DAYPASS_KEY: z.string().optional(),
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
  if (env.DAYPASS_DIRECT_URL && !env.DATABASE_URL) {
    throw unusable(['DAYPASS_DIRECT_URL: needs DATABASE_URL too, for requests']);
  }
  return {
    production,
    // A development start prints tokens of admins, so other machines may reach it only if that is
    // wanted.
    host,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL ?? null,
    migrationUrl: env.DAYPASS_MIGRATION_URL ?? null,
    directUrl: env.DAYPASS_DIRECT_URL ?? null,
    dataDir: path.resolve(env.DAYPASS_DATA_DIR),
    logLevel: env.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    poolSize: env.DAYPASS_POOL_SIZE,
    reservedPoolSize: env.DAYPASS_RESERVED_POOL_SIZE,
    writerPoolSize: env.DAYPASS_WRITER_POOL_SIZE,
    keptConnections: env.DAYPASS_KEPT_CONNECTIONS,
    preparesStatements: env.DAYPASS_PREPARED_STATEMENTS ?? true,
    introspection: env.DAYPASS_INTROSPECTION ?? !production,
    assertsConservation: env.DAYPASS_ASSERT_CONSERVATION ?? false,
    localIssuer: env.DAYPASS_LOCAL_ISSUER ?? !production,
    privateIssuers: env.DAYPASS_PRIVATE_ISSUERS ?? !production,
    privateWebhooks: env.DAYPASS_PRIVATE_WEBHOOKS ?? !production,
    channelHosts: env.DAYPASS_CHANNEL_HOSTS,
    demo: env.DAYPASS_DEMO ?? !production,
    smtpUrl: env.SMTP_URL ?? null,
    mailFrom: env.MAIL_FROM ?? 'Daypass <no-reply@localhost>',
    publicUrl: env.PUBLIC_URL ?? null,
    invoiceFont: env.DAYPASS_INVOICE_FONT ? path.resolve(env.DAYPASS_INVOICE_FONT) : null,
    trustedProxies: env.DAYPASS_TRUSTED_PROXIES,
    partnerKey: env.DAYPASS_KEY ?? null,
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
    waits: waitsOf(env),
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

function unusable(wrong: readonly string[]): ConfigError {
  return new ConfigError(`The environment variables are not valid.\n  ${wrong.join('\n  ')}`);
}
