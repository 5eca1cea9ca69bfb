import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy in front of PostgreSQL that can stop forwarding the hint listener's connection. */
export interface DatabaseProxy {
  /** The database's URL by way of the proxy. */
  url: string;
  /**
   * From now on the listener hears nothing: its connection stays open and is silent, and a new one of
   * it finds silence, too.
   */
  silenceListener(): void;
  /** New connections of the listener are forwarded again; the silent ones stay silent. */
  restoreListener(): void;
  close(): Promise<void>;
}

interface Line {
  ends: [client: Socket, server: Socket];
  isListener: boolean;
  isSilent: boolean;
}

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const lines = new Set<Line>();
  let isSilenced = false;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const line: Line = { ends: [client, upstream], isListener: false, isSilent: false };
    lines.add(line);
    client.once('data', (start) => {
      // The first packet names the application.
      line.isListener = start.includes('daypass listener');
      line.isSilent = line.isListener && isSilenced;
    });
    join(client, upstream, line);
    join(upstream, client, line);
    client.once('close', () => lines.delete(line));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: String(url),
    silenceListener() {
      isSilenced = true;
      for (const line of lines) line.isSilent ||= line.isListener;
    },
    restoreListener() {
      isSilenced = false;
    },
    async close() {
      for (const { ends } of lines) ends.forEach((end) => end.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function join(from: Socket, to: Socket, line: Line): void {
  from.on('data', (bytes) => {
    if (!line.isSilent) to.write(bytes);
  });
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
}
