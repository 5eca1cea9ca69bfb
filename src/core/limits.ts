import { z } from 'zod';

/* The limits and waits of a process: their meaning, their variables, defaults and ranges. */

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

/** A whole number from the environment. */
export const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** The variable of each limit, with its default and its range. */
export const limitVariables = {
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

/** Each wait's variable, with its default. */
export const waitVariables = {
  DAYPASS_CONNECTION_WAIT_MS: count(100, 600_000).default(2_000),
  DAYPASS_LOCK_WAIT_MS: count(100, 600_000).default(2_000),
  DAYPASS_STATEMENT_MS: count(100, 600_000).default(5_000),
  DAYPASS_QUEUE_WAIT_MS: count(100, 600_000).default(5_000),
};

type Values<Of extends Record<string, z.ZodType>> = { [Name in keyof Of]: z.infer<Of[Name]> };

export function limitsOf(env: Values<typeof limitVariables>): Limits {
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

export function waitsOf(env: Values<typeof waitVariables>): Waits {
  return {
    connectionMs: env.DAYPASS_CONNECTION_WAIT_MS,
    lockMs: env.DAYPASS_LOCK_WAIT_MS,
    statementMs: env.DAYPASS_STATEMENT_MS,
    queueMs: env.DAYPASS_QUEUE_WAIT_MS,
  };
}
