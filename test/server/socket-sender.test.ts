import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';
import { SendingTurn, SocketSender } from '../../src/server/doors/socket-sender';
import { eventually } from '../support/patience';

/** Both ends of one socket, and the connection of the sending end. */
async function pair() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const accepted = new Promise<{ socket: WebSocket; connection: Duplex }>((resolve) =>
    server.once('connection', (socket, { socket: connection }) => resolve({ socket, connection })),
  );
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const received: string[] = [];
  client.on('message', (data) => received.push(String(data)));
  const { socket, connection } = await accepted;
  await once(client, 'open');
  return {
    connection,
    received,
    socket,
    async close() {
      client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('the first text of a turn leaves at once, the later ones together at its end, in order', async () => {
  const { socket, connection, received, close } = await pair();
  const sender = new SocketSender(socket, connection, new SendingTurn());
  const corked = ['1', '2', '3'].map((text) => {
    void sender.send(text);
    return connection.writableCorked;
  });
  expect(corked).toEqual([0, 1, 1]);
  await nextTurn();
  expect(connection.writableCorked).toBe(0);
  void sender.send('4');
  expect(connection.writableCorked).toBe(0);
  await eventually(async () => expect(received).toEqual(['1', '2', '3', '4']));
  await close();
});

test('a slow reader that fills a turn gets every text, in order', async () => {
  const { socket, connection, received, close } = await pair();
  const sender = new SocketSender(socket, connection, new SendingTurn());
  const texts = Array.from({ length: 40 }, (_none, at) => `${at} `.padEnd(1_000, '.'));
  const waits = texts.flatMap((text) => sender.send(text) ?? []);
  expect(waits.length).toBeGreaterThan(0);
  await Promise.all(waits);
  await eventually(async () => expect(received).toEqual(texts));
  await close();
});
