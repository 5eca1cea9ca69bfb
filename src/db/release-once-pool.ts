import { Pool, type PoolClient } from 'pg';
import { breakConnection } from './bounded-client';

type Connected = (
  error: Error | undefined,
  client?: PoolClient,
  release?: PoolClient['release'],
) => void;

/**
 * A pool for a library that may return one client twice: graphile-worker does, if its listener
 * breaks during its shutdown. The driver's pool throws the second time, and nothing there catches
 * this.
 */
export class ReleaseOncePool extends Pool {
  private readonly clients = new Set<PoolClient>();

  constructor(...given: ConstructorParameters<typeof Pool>) {
    super(...given);
    this.on('connect', (client) => this.clients.add(client));
    this.on('remove', (client) => this.clients.delete(client));
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<PoolClient> | void {
    if (!callback) return super.connect().then(releasedOnce);
    super.connect((error, client, release) => {
      if (!client) return callback(error, client, release);
      const once = releasedOnce(client);
      callback(error, once, once.release);
    });
  }

  /** Ends the pool; connections that are not returned by then are closed. Never rejects. */
  async endWithin(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        for (const client of this.clients) breakConnection(client);
        resolve();
      }, ms);
    });
    await Promise.race([this.end(), late]).catch(() => {});
    clearTimeout(timer);
  }
}

/** A client gets a `release` of its own each time it is handed out; it works once. */
function releasedOnce(client: PoolClient): PoolClient {
  const { release } = client;
  let isReleased = false;
  client.release = (error) => {
    if (isReleased) return;
    isReleased = true;
    release.call(client, error);
  };
  return client;
}
