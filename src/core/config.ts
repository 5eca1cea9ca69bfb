import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';

/**
 * The service's settings, all of them, read once from the environment. Everything else is handed the
 * typed object; nothing but this file reads `process.env`.
 */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  /** A PostgreSQL >= 14 of the operator's own; null: the embedded one in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Connections for reads, per process. */
  poolSize: number;
  /** Connections for the ledger's writers, per process: as many accounts can commit at once. */
  writerPoolSize: number;
  /** Whether a client may ask for the schema. */
  introspection: boolean;
  /** Whether bearers of the service's own issuer (`daypass token`) are accepted. */
  localIssuer: boolean;
  /** Whether an identity provider may be at a private address, and on loopback without TLS. */
  privateIssuers: boolean;
  /** Whether the demo MSPs are made on the first start. */
  demo: boolean;
  /** Where mails are handed over, `smtp://` or `smtps://`; null: see `MailWay` in `src/main.ts`. */
  smtpUrl: string | null;
  /** Whom mails are from. */
  mailFrom: string;
  /** Where people reach this service: what links in mails begin with. Null: where it listens. */
  publicUrl: string | null;
  /** Addresses and ranges of the proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** Whether npm started this process: then it drains when npm is gone. */
  startedByNpm: boolean;
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
      context.addIssue({ code: 'custom', message: `${one} is no address and no range of them` });
    }
  }
  return given;
});

/** An address that links begin with: no query, no fragment, no slash at its end. */
const linkBase = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^?#]*$/, 'must have no query and no fragment')
  .transform((text) => text.replace(/\/+$/, ''));

const variables = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().min(1).optional(),
  PORT: count(0, 65_535).default(4000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  DAYPASS_DATA_DIR: z.string().min(1).default('.daypass'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  DAYPASS_POOL_SIZE: count(1, 1000).default(10),
  DAYPASS_WRITER_POOL_SIZE: count(1, 1000).default(8),
  DAYPASS_INTROSPECTION: flag.optional(),
  DAYPASS_LOCAL_ISSUER: flag.optional(),
  DAYPASS_PRIVATE_ISSUERS: flag.optional(),
  DAYPASS_DEMO: flag.optional(),
  DAYPASS_TRUSTED_PROXIES: proxies.default([]),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().regex(/@/, 'must hold an e-mail address').optional(),
  PUBLIC_URL: linkBase.optional(),
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

/** Where each variable of the environment that is not as it must be is named, with what is wrong. */
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
  // A link to where a container listens leads nobody anywhere, and a mail from nobody is not taken.
  if (env.SMTP_URL && production) {
    const missing = (['MAIL_FROM', 'PUBLIC_URL'] as const).filter((name) => !env[name]);
    const wrong = missing.map((name) => `${name}: must be set where SMTP_URL is`);
    if (wrong.length > 0) throw unusable(wrong);
  }
  return {
    production,
    // A development start prints admin tokens, so it is not offered to the network unless asked for.
    host: env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: env.PORT,
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir: path.resolve(env.DAYPASS_DATA_DIR),
    logLevel: env.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    poolSize: env.DAYPASS_POOL_SIZE,
    writerPoolSize: env.DAYPASS_WRITER_POOL_SIZE,
    introspection: env.DAYPASS_INTROSPECTION ?? !production,
    localIssuer: env.DAYPASS_LOCAL_ISSUER ?? !production,
    privateIssuers: env.DAYPASS_PRIVATE_ISSUERS ?? !production,
    demo: env.DAYPASS_DEMO ?? !production,
    smtpUrl: env.SMTP_URL ?? null,
    mailFrom: env.MAIL_FROM ?? 'Daypass <no-reply@localhost>',
    publicUrl: env.PUBLIC_URL ?? null,
    trustedProxies: env.DAYPASS_TRUSTED_PROXIES,
    startedByNpm: env.npm_lifecycle_event !== undefined,
  };
}

function unusable(wrong: readonly string[]): ConfigError {
  return new ConfigError(`The environment is not usable.\n  ${wrong.join('\n  ')}`);
}
