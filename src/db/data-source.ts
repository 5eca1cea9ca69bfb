import { types, type Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { migrations } from '../../migrations';
import { BoundedClient } from './bounded-client';
import { SnakeNaming } from './snake-naming';
import { tables } from './tables';

// bigint arrives as text by default; every bigint of ours is far below 2^53.
types.setTypeParser(types.builtins.INT8, Number);

/** What a connection of ours may at most do before PostgreSQL, or we, end it. */
export const connectionBounds = {
  statement_timeout: 5_000,
  idle_in_transaction_session_timeout: 5_000,
  lock_timeout: 2_000,
  connectionTimeoutMillis: 2_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  Client: BoundedClient,
} as const;

/** Whether all connections are in use, so that whoever asks next would wait. */
export function isUsedUp(source: DataSource): boolean {
  const { idleCount, totalCount, options } = (source.driver as PostgresDriver).master as Pool;
  return idleCount === 0 && totalCount >= options.max;
}

/** TypeORM's view of the database at `url`: all tables and migrations; never `synchronize`. */
export function createDataSource(
  url: string,
  poolSize = 2,
  bounds: object = connectionBounds,
  /** An idle connection broke, and was taken out of the pool. */
  onBrokenConnection: (error: unknown) => void = () => {},
) {
  return new DataSource({
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
    poolErrorHandler: onBrokenConnection,
    extra: bounds,
  });
}
