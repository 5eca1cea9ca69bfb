import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { readConfig } from '../../src/core/config';
import Fastify from 'fastify';
import { createLog } from '../../src/core/log';
import { startService } from '../../src/service';
import { addHealthRoutes } from '../../src/server/health';
import type { Operations } from '../../src/server/operation/operation';
import { createTestDatabase } from '../support/desk/database';

/** Between the service and its database: can stop every byte without closing anything. */
class Line {
  private readonly sockets = new Set<Socket>();
  private held = false;
  private readonly server: Server;

  constructor(target: URL) {
    this.server = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          near.destroy();
          far.destroy();
          this.sockets.delete(socket);
        });
      }
      near.pipe(far);
      far.pipe(near);
      if (this.held) this.hold();
    });
  }

  async open(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  hold(): void {
    this.held = true;
    for (const socket of this.sockets) {
      socket.unpipe();
      socket.pause();
    }
  }

  /** Breaks the stopped connections: what waited on them fails and connects again. */
  cut(): void {
    this.held = false;
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}

test('a database that stays silent is named, and nobody waits for it', async () => {
  const database = await createTestDatabase();
  const line = new Line(new URL(database.url));
  const throughLine = new URL(database.url);
  throughLine.port = String(await line.open());
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    DATABASE_URL: String(throughLine),
    LOG_LEVEL: 'silent',
  });
  const service = await startService(config, createLog(config));
  try {
    const ready = async () => {
      const response = await fetch(`${service.url}/readyz`);
      return { status: response.status, body: await response.json() };
    };
    expect(await ready()).toMatchObject({ status: 200, body: { status: 'ok' } });
    line.hold();
    // Would not come at all without a bound of our own: nothing ever ends these connections.
    expect(await ready()).toMatchObject({
      status: 503,
      body: { status: 'failed', checks: { database: 'failed', migrations: 'failed' } },
    });
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    line.cut();
    await expect(becomesReady(service.url)).resolves.toBe(true);
  } finally {
    line.cut();
    await service.stop();
    await line.close();
    await database.drop();
  }
});

test('a process whose embedded PostgreSQL cannot be started again reports that it needs a restart', async () => {
  const app = Fastify();
  let isFailing = false;
  addHealthRoutes(app, {} as Operations, { isFailing: () => isFailing });
  const health = async () => {
    const { statusCode, headers, body } = await app.inject('/healthz');
    expect(headers['cache-control']).toBe('no-store');
    return [statusCode, JSON.parse(body)] as const;
  };
  expect(await health()).toEqual([200, { status: 'ok' }]);
  isFailing = true;
  expect(await health()).toEqual([
    503,
    { status: 'failed', checks: { embeddedPostgres: 'failed' } },
  ]);
  isFailing = false;
  expect(await health()).toEqual([200, { status: 'ok' }]);
  await app.close();
});

/** Checks repeatedly, at most a hundred times; no check has a time limit. */
async function becomesReady(url: string): Promise<boolean> {
  for (let look = 0; look < 1_000; look += 1) {
    const response = await fetch(`${url}/readyz`);
    await response.text();
    if (response.status === 200) return true;
  }
  return false;
}
