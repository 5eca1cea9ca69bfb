import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** A way to the service's socket on which things get lost; it can read what passes. */
export interface SocketProxy {
  /** The API behind it, through it. */
  endpoint: string;
  /** Told of every message of a client. What it answers decides what becomes of the message. */
  fateOf: (message: {
    type: string;
    payload?: { query?: string };
  }) => 'pass' | 'hold' | 'lose-answer';
  /** Connections are refused, and those that there are break. */
  isDown: boolean;
  cut(): void;
  /** Closes as the service does when a bearer has ended. */
  endBearers(): void;
  close(): Promise<void>;
}

export async function openSocketProxy(serviceUrl: string): Promise<SocketProxy> {
  const target = `${serviceUrl.replace('http', 'ws')}/graphql`;
  const http = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    if (proxy.isDown) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => join(client));
  });
  const proxy: SocketProxy = {
    endpoint: '',
    fateOf: () => 'pass',
    isDown: false,
    cut() {
      for (const client of sockets.clients) client.terminate();
    },
    endBearers() {
      for (const client of sockets.clients) client.close(4403, 'The credential has expired');
    },
    async close() {
      proxy.cut();
      http.close();
      await once(http, 'close');
    },
  };

  function join(client: WebSocket): void {
    const server = new WebSocket(target, client.protocol);
    const waiting: string[] = [];
    let losesAnswers = false;
    server.on('open', () => waiting.splice(0).forEach((text) => server.send(text)));
    client.on('message', (data) => {
      const text = String(data);
      const fate = proxy.fateOf(JSON.parse(text));
      if (fate === 'hold') return;
      losesAnswers ||= fate === 'lose-answer';
      if (server.readyState === server.OPEN) server.send(text);
      else waiting.push(text);
    });
    server.on('message', (data) => {
      if (!losesAnswers) client.send(String(data));
    });
    for (const socket of [client, server]) socket.on('error', () => {});
    client.on('close', () => server.terminate());
    server.on('close', (code, reason) => {
      // No peer sends 1005 and 1006.
      if (code === 1005 || code === 1006) client.terminate();
      else client.close(code, reason);
    });
  }

  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  proxy.endpoint = `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`;
  return proxy;
}
