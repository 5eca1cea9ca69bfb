import { PlainWebSocket } from './plain-web-socket';

/** As many sockets as are opened at the same time. */
const openingAtOnce = 50;
/** Longer than any answer of a server that is not stuck. */
const waitMaxMs = 240_000;
/** The beginning of a message with data; an error or the end of a stream has another. */
const dataStart = '{"id":"1","type":"next"';

/** Sockets that all receive the same, and how many messages they have received together. */
export class Subscribers {
  private readonly sockets: PlainWebSocket[] = [];
  private waiting:
    { total: number; resolve: () => void; reject: (error: Error) => void } | undefined;
  /** Messages since the beginning. */
  count = 0;
  /** When the newest arrived, by `performance.now()`. */
  lastAt = 0;
  /** The newest message. */
  newest = '';
  private loss: Error | undefined;

  get size(): number {
    return this.sockets.length;
  }

  /** Opens one socket for each entry; `begin` returns what to send on it, if anything. */
  async open<Entry>(
    entries: readonly Entry[],
    begin: (entry: Entry) => Promise<PlainWebSocket>,
  ): Promise<void> {
    for (let at = 0; at < entries.length; at += openingAtOnce) {
      const some = entries.slice(at, at + openingAtOnce);
      // Listens immediately: the first message may already be on its way.
      await Promise.all(some.map(async (entry) => this.add(await begin(entry))));
    }
  }

  /** Resolves when so many messages have arrived in total. */
  reached(total: number): Promise<void> {
    if (this.loss) return Promise.reject(this.loss);
    if (this.count >= total) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.fail(new Error(`${this.count} of ${total} messages came.`)),
        waitMaxMs,
      );
      const settle = (how: () => void) => () => {
        clearTimeout(timer);
        how();
      };
      this.waiting = {
        total,
        resolve: settle(resolve),
        reject: (error) => settle(() => reject(error))(),
      };
    });
  }

  close(): void {
    for (const socket of this.sockets.splice(0)) socket.close();
  }

  private add(socket: PlainWebSocket): void {
    this.sockets.push(socket);
    socket.onText = (text) => this.subscribe(text);
    socket.onLost = (reason) => this.fail(new Error(`A socket was lost: ${reason}`));
  }

  private subscribe(text: Buffer): void {
    if (text.toString('latin1', 0, dataStart.length) !== dataStart) {
      return this.fail(new Error(`Not a message: ${text.toString('utf8')}`));
    }
    this.count += 1;
    if (this.waiting === undefined || this.count < this.waiting.total) return;
    this.lastAt = performance.now();
    this.newest = text.toString('utf8');
    this.waiting.resolve();
    this.waiting = undefined;
  }

  private fail(error: Error): void {
    this.loss ??= error;
    this.waiting?.reject(error);
    this.waiting = undefined;
  }
}

/** A socket of the service with one running subscription; its first message may have arrived. */
export async function subscribe(
  serviceUrl: string,
  { bearer, query }: { bearer: string; query: string },
): Promise<PlainWebSocket> {
  const url = `${serviceUrl.replace('http', 'ws')}/graphql`;
  const socket = await PlainWebSocket.open(url, 'graphql-transport-ws');
  const acknowledged = new Promise<void>((resolve, reject) => {
    socket.onText = (text) => {
      if (text.includes('connection_ack')) resolve();
      else reject(new Error(text.toString('utf8')));
    };
    socket.onLost = (reason) => reject(new Error(`The socket was refused: ${reason}`));
  });
  const payload = { authorization: `Bearer ${bearer}` };
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  await acknowledged;
  // The same id in every socket, so that all are sent the same bytes.
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  return socket;
}
