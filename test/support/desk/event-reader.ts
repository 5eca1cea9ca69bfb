import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print, type GraphQLFormattedError } from 'graphql';
import { bounded } from './socket';

/** An event as a browser would hand it on. */
export interface ReadEvent<Data = Record<string, unknown>> {
  event: string;
  /** The last id that was sent, in this event or before it. */
  lastEventId: string;
  /** The content of `data`; null if it was empty. */
  result: { data?: Data | null; errors?: readonly GraphQLFormattedError[] } | null;
}

export interface AskOptions {
  bearer?: string;
  variables?: object;
  lastEventId?: string;
  /** An account in the path. */
  account?: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
}

/** Asks the SSE door of the service at `url`, as a client without any library would. */
export function askForEvents(
  url: string,
  document: TypedDocumentNode<never, never> | string,
  options: AskOptions & { signal?: AbortSignal } = {},
): Promise<Response> {
  const { bearer, variables, lastEventId, method = 'POST', signal } = options;
  const query = typeof document === 'string' ? document : print(document);
  const headers = {
    accept: 'text/event-stream',
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    ...options.headers,
  };
  const { account } = options;
  const address = `${url}/graphql${account ? `/${account}` : ''}/stream`;
  if (method === 'GET') {
    const search = new URLSearchParams({ query });
    if (variables) search.set('variables', JSON.stringify(variables));
    return fetch(`${address}?${search}`, { headers, signal });
  }
  return fetch(address, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
    signal,
  });
}

/** Reads one answer of the SSE door by the rules of the HTML standard. */
export class EventReader<Data = Record<string, unknown>> {
  lastEventId = '';
  /** Comments, as heartbeats are. */
  readonly comments: string[] = [];
  private readonly events: ReadEvent<Data>[] = [];
  private isOver = false;
  private wake = () => {};
  private readonly reading: Promise<void>;

  private constructor(
    readonly response: Response,
    private readonly control: AbortController,
  ) {
    this.reading = this.read().catch(() => {});
  }

  /** Fails if the service answers anything but a stream. */
  static async open<Data, Variables extends object>(
    url: string,
    document: TypedDocumentNode<Data, Variables>,
    options: AskOptions & { variables?: Variables } = {},
  ): Promise<EventReader<Data>> {
    const control = new AbortController();
    const response = await askForEvents(url, document as never, {
      ...options,
      signal: control.signal,
    });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return new EventReader<Data>(response, control);
  }

  /** Waits until the stream has a place in the journal: everything after that is received. */
  begun(): Promise<void> {
    return this.until(() => this.lastEventId !== '', 'an id');
  }

  /** The next event; fails if the stream ends instead. */
  async next(): Promise<ReadEvent<Data>> {
    await this.until(() => this.events.length > 0 || this.isOver, 'an event');
    if (this.events.length === 0) throw new Error('The stream ended.');
    return this.events.shift()!;
  }

  /** The data of the next event, which must be a `next` without errors. */
  async data(): Promise<Data> {
    const { event, result } = await this.next();
    expect({ event, errors: result?.errors }).toEqual({ event: 'next', errors: undefined });
    return result!.data!;
  }

  /** The code of the one error that ends the stream; fails if anything else comes before it. */
  async fault(): Promise<unknown> {
    const [told, ...rest] = await this.rest();
    expect(told).toMatchObject({ event: 'next', result: { errors: [expect.anything()] } });
    expect(rest).toMatchObject([{ event: 'complete' }]);
    return told!.result?.errors?.[0]?.extensions?.code;
  }

  /** All that comes until the service ends the stream. */
  async rest(): Promise<ReadEvent<Data>[]> {
    await bounded(this.reading, 'the end of the stream');
    return this.events.splice(0);
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    while (!holds()) await bounded(new Promise<void>((resolve) => (this.wake = resolve)), what);
  }

  async leave(): Promise<void> {
    this.control.abort();
    await this.reading;
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const part of this.response.body!) {
        text += decoder.decode(part as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) this.subscribe(block.split('\n'));
        this.wake();
      }
    } finally {
      this.isOver = true;
      this.wake();
    }
  }

  private subscribe(lines: string[]): void {
    let event = '';
    let data: string | undefined;
    for (const line of lines) {
      const [, field, value = ''] = /^([^:]*):? ?(.*)$/.exec(line)!;
      if (field === '') this.comments.push(value);
      if (field === 'id') this.lastEventId = value;
      if (field === 'event') event = value;
      if (field === 'data') data = data === undefined ? value : `${data}\n${value}`;
    }
    if (data === undefined) return;
    const result = data === '' ? null : (JSON.parse(data) as ReadEvent<Data>['result']);
    this.events.push({ event, lastEventId: this.lastEventId, result });
  }
}

/** Connected readers of the SSE door of the process at `url`, from its metrics. */
export async function readersOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^daypass_open_connections\{door="sse"\} (\d+)$/m.exec(text)?.[1]);
}
