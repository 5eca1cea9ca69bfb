import path from 'node:path';
import type { Config } from '../core/config';
import type { PartFailures } from '../core/part-failures';
import { startEmbeddedPostgres } from './embedded/embedded-postgres';

/** A PostgreSQL to work with, and how to release it. */
export interface OpenDatabase {
  url: string;
  /** What the person who started it should know, e.g. the place of the data; null: nothing special. */
  remark: string | null;
  /** Whether the embedded server has died and this process cannot start it again. */
  isFailing(): boolean;
  /** Stops the server if this process started it; an operator's own is not touched. */
  close(): Promise<void>;
}

/** The operator's PostgreSQL (`DATABASE_URL`), else the embedded one, which is started. */
export async function openDatabase(
  config: Config,
  /** If given, an embedded server that dies is started again, and this is called. */
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

/** For a service: the failures of its embedded server are noted. */
export function openFor(
  config: Config,
  { failures }: { failures: Pick<PartFailures, 'note'> },
): Promise<OpenDatabase> {
  return openDatabase(config, (error) => failures.note('embedded-postgres', error));
}

/**
 * For a command of the command line: it uses a server that runs, and leaves it to its other users.
 * If the owner dies in the meantime, the server stays until the command is done.
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
