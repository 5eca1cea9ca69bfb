import { types, type Pool, type PoolConfig } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { migrations } from '../../migrations';
import type { Waits } from '../core/limits';
import { BoundedClient, UnpreparedClient } from './bounded-client';
import { keptConnections } from './kept-connections';
import { SnakeNaming } from './snake-naming';
import { tables } from './tables';

// bigint arrives as text by default; all our bigint values are far below 2^53.
types.setTypeParser(types.builtins.INT8, Number);

/** The waits of a connection whose owner has no settings: a command of the command line, a seed. */
const defaultWaits = { connectionMs: 2_000, lockMs: 2_000, statementMs: 5_000 };

/**
 * How long a connection may be busy before PostgreSQL, or we, end it. `prepares`: whether its statements
 * may have names.
 */
export function connectionBounds(waits: Omit<Waits, 'queueMs'> = defaultWaits, prepares = true) {
  return {
    statement_timeout: waits.statementMs,
    idle_in_transaction_session_timeout: waits.statementMs,
    lock_timeout: waits.lockMs,
    connectionTimeoutMillis: waits.connectionMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    Client: prepares ? BoundedClient : UnpreparedClient,
  } as const;
}

/** Whether all connections are in use, so that the next caller would wait. */
export function isUsedUp(source: DataSource): boolean {
  const { idleCount, totalCount, options } = poolOf(source);
  return idleCount === 0 && totalCount >= options.max;
}

/**
 * Whether the pool has been ended, or is. It does not wait until its connections are closed, and a
 * PostgreSQL that is stopped after it ends them with an error, which is no fault then.
 */
export function isEnding(pool: Pool | undefined): boolean {
  return pool?.ending ?? true;
}

/** The connections of a source that is initialized. */
export function poolOf(source: DataSource): Pool {
  return (source.driver as PostgresDriver).master as Pool;
}

/** TypeORM's view of the database at `url`: all tables and migrations; never `synchronize`. */
export function createDataSource(
  url: string,
  poolSize = 2,
  bounds: PoolConfig = connectionBounds(),
  /** An idle connection broke, and was removed from the pool. */
  onBrokenConnection: (error: unknown) => void = () => {},
) {
  const source = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'daypass',
    poolSize,
    synchronize: false,
    migrationsRun: false,
    migrationsTransactionMode: 'each',
    logging: false,
    entities: tables,
    migrations,
    namingStrategy: new SnakeNaming(),
    poolErrorHandler: (error: unknown) => {
      if (!isEnding(poolOf(source))) onBrokenConnection(error);
    },
    extra: { ...keptConnections(poolSize), ...bounds },
  });
  return source;
}
