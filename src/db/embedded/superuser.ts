import { Client } from 'pg';

/** How long a server on this machine may take to accept a connection. */
const connectMaxMs = 5_000;

/** Runs `work` on a connection of the cluster's superuser, which is closed afterwards. */
export async function asSuperuser<T>(
  server: { port: number; password: string },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port: server.port,
    user: 'postgres',
    password: server.password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: connectMaxMs,
  });
  // A connection that breaks while idle must not end the process; the next query reports it.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
