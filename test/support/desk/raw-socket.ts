import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Person } from './desk';
import { bounded } from './socket';

export interface RawMessage {
  type: string;
  id?: string;
  payload?: unknown;
}

/** A socket without a client: the test decides what is sent over it. */
export async function openRawSocket(
  service: { url: string },
  protocol: string | string[] = 'graphql-transport-ws',
) {
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, protocol);
  const heard: RawMessage[] = [];
  let wake = () => {};
  let isClosed = false;
  socket.on('message', (text) => {
    heard.push(JSON.parse(String(text)));
    wake();
  });
  const closed = once(socket, 'close').then(([code, reason]) => ({
    code: code as number,
    reason: String(reason),
  }));
  socket.on('close', () => {
    isClosed = true;
    wake();
  });
  await once(socket, 'open');
  const send = (message: object) => socket.send(JSON.stringify(message));
  return {
    socket,
    heard,
    send,
    /** What the service closed it with. */
    closed: () => bounded(closed, 'the end of the socket'),
    async next() {
      while (heard.length === 0) {
        if (isClosed) throw new Error('The socket was closed.');
        await bounded(new Promise<void>((resolve) => (wake = resolve)), 'a message');
      }
      return heard.shift()!;
    },
    /** Says who it is, and waits until that is accepted. */
    async init(person: Person) {
      send(initOf(person));
      expect(await this.next()).toEqual({ type: 'connection_ack' });
    },
    async close() {
      socket.close();
      await bounded(closed, 'the end of the socket');
    },
  };
}

export type RawSocket = Awaited<ReturnType<typeof openRawSocket>>;

export const initOf = (person: Person) => ({
  type: 'connection_init',
  payload: { authorization: `Bearer ${person.bearer}` },
});

export const subscribeTo = (query: string, id = '1', variables: object = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, variables },
});
