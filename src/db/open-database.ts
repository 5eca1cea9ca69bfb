import path from 'node:path';
import type { Config } from '../core/config';
import { startEmbeddedPostgres } from './embedded/embedded-postgres';

/** A PostgreSQL to work with, and how to let go of it. */
export interface OpenDatabase {
  url: string;
  /** What a person who started it should know, e.g. where the data went; null: nothing special. */
  remark: string | null;
  /** Whether the embedded server has died and this process cannot start it again. */
  isFailing(): boolean;
  /** Stops the server where this process started it; an operator's own is left alone. */
  close(): Promise<void>;
}

/** The operator's PostgreSQL (`DATABASE_URL`), else the embedded one, which is started. */
export async function openDatabase(
  config: Config,
  /** If given, an embedded server that dies is started again, and this is told. */
  onFailure?: (error: unknown) => void,
): Promise<OpenDatabase> {
  if (config.databaseUrl) return ofOperator(config.databaseUrl);
  const server = await startEmbeddedPostgres({ dataDir: embeddedFolder(config), onFailure });
  return {
    url: server.urlOf('daypass'),
    remark: server.relocatedBecause,
    isFailing: () => server.isFailing(),
    close: () => server.stop(),
  };
}

/**
 * For a verb of the command line: a server that runs is used, and left to those who use it too. One whose
 * owner dies meanwhile stays until the verb is done.
 */
export function borrowDatabase(config: Config): Promise<OpenDatabase> {
  return openDatabase(config);
}

function ofOperator(url: string): OpenDatabase {
  return { url, remark: null, isFailing: () => false, close: async () => {} };
}

function embeddedFolder(config: Config): string {
  return path.join(config.dataDir, 'postgres');
}
