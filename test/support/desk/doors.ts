import type { GraphQLFormattedError } from 'graphql';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { bounded } from './socket';

/** What a client asks for, whichever way it comes in. */
export interface Question {
  query: string;
  variables?: object;
  operationName?: string;
  extensions?: object;
}

/** What it is answered: the one message of a query or mutation, the first of a subscription. */
export interface DoorAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: { cost?: Cost };
}

export interface Cost {
  requestedQueryCost: number;
  actualQueryCost: number;
  throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };
}

/** One way into the service. Whatever is refused is refused at each of them alike. */
export interface TestDoor {
  name: string;
  ask(url: string, bearer: string, question: Question): Promise<DoorAnswer>;
  /** Sends a body, or a frame, as it is; answers how it was refused. */
  send(url: string, bearer: string, body: string): Promise<unknown>;
  /** Connects as a page of that origin; returns whether it was accepted. */
  comeFrom(url: string, bearer: string, origin: string): Promise<boolean>;
}

const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };

const http: TestDoor = {
  name: 'HTTP',
  async ask(url, bearer, question) {
    const response = await post(url, bearer, JSON.stringify(question));
    return (await response.json()) as DoorAnswer;
  },
  async send(url, bearer, body) {
    const response = await post(url, bearer, body);
    await response.text();
    return response.status;
  },
  async comeFrom(url, bearer, origin) {
    const body = JSON.stringify({ query: '{ account { id } }' });
    const response = await post(url, bearer, body, { origin });
    await response.text();
    const isTold = response.headers.get('access-control-allow-origin') !== null;
    expect(response.status).toBe(isTold ? 200 : 403);
    return isTold;
  },
};

function post(
  url: string,
  bearer: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${bearer}`, ...headers },
    body,
  });
}

const websocket: TestDoor = {
  name: 'WebSocket',
  async ask(url, bearer, question) {
    const socket = await openSocket(url, bearer);
    socket.send({ id: '1', type: 'subscribe', payload: question });
    const { type, payload } = await socket.next();
    await socket.close();
    if (type === 'error') return { errors: payload as readonly GraphQLFormattedError[] };
    return payload as DoorAnswer;
  },
  async send(url, bearer, body) {
    const socket = await openSocket(url, bearer);
    socket.raw.send(`{"id":"1","type":"subscribe","payload":${body}}`);
    return bounded(socket.closed, 'the end');
  },
  async comeFrom(url, bearer, origin) {
    const socket = await openSocket(url, bearer, { origin }).catch(() => null);
    await socket?.close();
    return socket !== null;
  },
};

const sse: TestDoor = {
  name: 'SSE',
  async ask(url, bearer, question) {
    const response = await postForEvents(url, bearer, JSON.stringify(question));
    const [, told] = /event: next\ndata: (.*)/.exec(await response.text())!;
    return JSON.parse(told!) as DoorAnswer;
  },
  async send(url, bearer, body) {
    const response = await postForEvents(url, bearer, body);
    await response.text();
    return response.status;
  },
  async comeFrom(url, bearer, origin) {
    const body = JSON.stringify({ query: '{ account { id } }' });
    const response = await postForEvents(url, bearer, body, { origin });
    await response.text();
    const isTold = response.headers.get('access-control-allow-origin') !== null;
    expect(response.status).toBe(isTold ? 200 : 403);
    return isTold;
  },
};

function postForEvents(
  url: string,
  bearer: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: {
      ...json,
      accept: 'text/event-stream',
      authorization: `Bearer ${bearer}`,
      ...headers,
    },
    body,
  });
}

/** Every door. */
export const doors: readonly TestDoor[] = [http, websocket, sse];

export interface SocketMessage {
  type: string;
  id?: string;
  payload?: unknown;
}

/**
 * A socket without a client, so that a test decides what it sends. Without a bearer token it sends
 * nothing.
 */
export async function openSocket(
  url: string,
  bearer: string | null,
  headers: Record<string, string> = {},
) {
  const raw = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers,
  });
  const heard: SocketMessage[] = [];
  let wake = () => {};
  raw.on('message', (text) => {
    heard.push(JSON.parse(String(text)) as SocketMessage);
    wake();
  });
  const closed = new Promise<number>((resolve) => raw.once('close', resolve));
  await once(raw, 'open');
  const send = (message: object) => raw.send(JSON.stringify(message));
  const next = async () => {
    while (heard.length === 0) {
      await bounded(new Promise<void>((resolve) => (wake = resolve)), 'a message');
    }
    return heard.shift()!;
  };
  if (bearer !== null) {
    send({ type: 'connection_init', payload: { authorization: `Bearer ${bearer}` } });
  }
  const opened = {
    raw,
    closed,
    send,
    next,
    async close() {
      raw.close();
      await closed;
    },
  };
  if (bearer !== null) expect(await next()).toMatchObject({ type: 'connection_ack' });
  return opened;
}
