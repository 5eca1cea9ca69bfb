import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print, type GraphQLFormattedError } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { bounded } from '../patience';

export { bounded } from '../patience';

/** One subscription as its reader receives it. */
export interface Received<Data> {
  /** The next message; fails if the stream ends instead, or after a bound. */
  next(): Promise<Data>;
  /** The next `count` messages. */
  take(count: number): Promise<Data[]>;
  /** The code of the one error that ends the stream; fails if a message comes before it. */
  fault(): Promise<unknown>;
  /** Tells the server that nothing more is wanted. */
  leave(): void;
}

/** A client of the WebSocket door, with one socket. */
export interface SocketClient {
  client: Client;
  /** The socket itself, once it is open. */
  socket(): Promise<WebSocket>;
  subscribe<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables?: Variables,
  ): Received<Data>;
  /** A query or a mutation, over the socket. */
  request<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables?: Variables,
  ): Promise<{ data: Data | null; errors: readonly GraphQLFormattedError[] }>;
  /** What the server closed the socket with. */
  closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
}

/**
 * Connects to the service at `url` with a bearer token, as a page of `origin` and with an account in
 * the path if given; never reconnects.
 */
export function connectSocket(
  url: string,
  bearer: string,
  { origin, account }: { origin?: string; account?: string } = {},
): SocketClient {
  class PageSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { origin });
    }
  }
  let opened: (socket: WebSocket) => void;
  const socket = new Promise<WebSocket>((resolve) => (opened = resolve));
  let hasClosed: (close: { code: number; reason: string }) => void;
  const closed = new Promise<{ code: number; reason: string }>((resolve) => (hasClosed = resolve));
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql${account ? `/${account}` : ''}`,
    webSocketImpl: PageSocket,
    connectionParams: { authorization: `Bearer ${bearer}` },
    retryAttempts: 0,
    lazy: false,
    onNonLazyError: () => {},
    on: {
      opened: (made) => opened(made as WebSocket),
      closed: (event) => {
        const { code, reason } = event as CloseEvent;
        hasClosed({ code, reason });
      },
    },
  });
  return {
    client,
    socket: () => socket,
    closed,
    subscribe: (document, variables) => subscribe(client, print(document), variables),
    request: async (document, variables) => {
      const answers = client.iterate({ query: print(document), variables: { ...variables } });
      const { value } = await bounded(answers.next(), 'an answer');
      return { data: null, errors: [], ...value } as never;
    },
    async close() {
      const made = await Promise.race([socket, closed]);
      await client.dispose();
      if (made instanceof WebSocket && made.readyState !== made.CLOSED) await once(made, 'close');
    },
  };
}

interface CloseEvent {
  code: number;
  reason: string;
}

function subscribe<Data>(client: Client, query: string, variables: object = {}): Received<Data> {
  const messages: Data[] = [];
  let ended: { fault: unknown } | undefined;
  let wake = () => {};
  const leave = client.subscribe<Data>(
    { query, variables: { ...variables } },
    {
      next: ({ data, errors }) => {
        // A right that ends is one `error` of the operation, never a message with faults in it.
        if (errors) ended = { fault: `a message with ${JSON.stringify(errors)}` };
        else messages.push(data!);
        wake();
      },
      error: (fault) => {
        ended ??= { fault };
        wake();
      },
      complete: () => {
        ended ??= { fault: 'It was completed.' };
        wake();
      },
    },
  );
  const ready = () => messages.length > 0 || ended !== undefined;
  const something = async (what: string) => {
    while (!ready()) await bounded(new Promise<void>((resolve) => (wake = resolve)), what);
  };
  const next = async () => {
    await something('a message');
    if (messages.length === 0) throw new Error(`The stream ended: ${JSON.stringify(ended?.fault)}`);
    return messages.shift()!;
  };
  return {
    next,
    async take(count) {
      const taken: Data[] = [];
      while (taken.length < count) taken.push(await next());
      return taken;
    },
    async fault() {
      await something('a fault');
      expect(messages).toEqual([]);
      const faults = ended?.fault as readonly GraphQLFormattedError[];
      expect(faults).toHaveLength(1);
      return faults[0]?.extensions?.code;
    },
    leave,
  };
}

/** Open subscriptions of the process at `url`, from its metrics. */
export async function subscribersOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^daypass_subscribers (\d+)$/m.exec(text)?.[1]);
}
