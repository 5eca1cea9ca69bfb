import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A webhook that arrived. */
export interface Received {
  path: string;
  id: string;
  headers: Record<string, string>;
  text: string;
  body: { type: string; timestamp: string; data: Record<string, unknown> };
}

export interface Receiver {
  url: string;
  received: Received[];
  /** The status of the answer; null: it never answers. */
  answer: (received: Received) => number | null | Promise<number>;
  /** Of each answer. */
  headers: Record<string, string>;
  close(): Promise<void>;
}

/** A partner's server on this machine. */
export async function openReceiver(): Promise<Receiver> {
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const body = JSON.parse(text) as Received['body'];
      const received = { path: request.url!, id: headers['webhook-id']!, headers, text, body };
      receiver.received.push(received);
      void Promise.resolve(receiver.answer(received)).then((status) => {
        if (status !== null) response.writeHead(status, receiver.headers).end();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answer: () => 200,
    headers: {},
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
