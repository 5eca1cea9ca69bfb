import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

const events = `subscription ($after: String) {
  dayPassEvents(after: $after) { sequence cursor }
}`;
/** A socket that answers no ping for this time is closed, as a client in a portal does. */
const pingMs = 1_000;
const silenceMaxMs = 4_000;
const reconnectMs = 100;

interface Message {
  type: string;
  payload?: {
    data?: { dayPassEvents: { sequence: number; cursor: string } };
    errors?: Fault[];
  };
}
type Fault = { extensions?: { code?: string } };

/**
 * Follows an account's journal over any process that runs, and reconnects with its last cursor to
 * another when its socket ends. Remembers every entry that it received.
 */
export class Subscriber {
  /** The numbers of all entries, as they came. */
  readonly heard: number[] = [];
  /** The codes with which its sockets were closed by the service. */
  readonly closes: number[] = [];
  /** The codes of faults that ended its stream. */
  readonly faults: string[] = [];
  /** The process that it is at. */
  url: string | undefined;
  isConnected = false;
  private socket: WebSocket | undefined;
  private cursor: string;
  private stopped = false;
  private hasStalled = false;
  private running: Promise<void>;

  constructor(
    private readonly options: {
      bearer: string;
      /** The cursor after which it begins. */
      after: string;
      urls: () => string[];
      /** Where it begins in the list, so that many spread. */
      offset?: number;
      /** Other words in which it asks for `sequence` and `cursor` of the events until it stalls. */
      firstQuery?: string;
      /** Whether it leaves it to the service to find out that nothing passes any more. */
      isPatient?: boolean;
    },
  ) {
    this.cursor = options.after;
    this.running = this.run();
  }

  /** Reads nothing more of what the service sends, and answers no ping. */
  stall(): void {
    this.hasStalled = true;
    this.socket?.pause();
  }

  /** Drops its socket, and comes back. */
  breakOff(): void {
    this.socket?.terminate();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.socket?.terminate();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let visit = this.options.offset ?? 0; !this.stopped; visit += 1) {
      const urls = this.options.urls();
      this.url = urls[visit % Math.max(urls.length, 1)];
      if (this.url) await this.visit(this.url);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `stop` may have been called during the visit.
      if (!this.stopped) await wait(reconnectMs);
    }
  }

  /** One socket, from its opening to its end. */
  private visit(url: string): Promise<void> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    this.socket = socket;
    let heardAt = performance.now();
    const pinging = setInterval(() => {
      if (this.options.isPatient) return;
      if (performance.now() - heardAt > silenceMaxMs) return socket.terminate();
      if (socket.readyState === socket.OPEN) socket.ping();
    }, pingMs);
    socket.on('pong', () => (heardAt = performance.now()));
    const say = (message: object) => socket.send(JSON.stringify(message));
    socket.on('open', () => {
      const authorization = `Bearer ${this.options.bearer}`;
      say({ type: 'connection_init', payload: { authorization } });
    });
    socket.on('message', (data) => {
      heardAt = performance.now();
      const message = JSON.parse(String(data)) as Message;
      if (message.type === 'connection_ack') {
        this.isConnected = true;
        const { firstQuery } = this.options;
        const query = (!this.hasStalled && firstQuery) || events;
        say({ id: '1', type: 'subscribe', payload: { query, variables: { after: this.cursor } } });
      } else this.subscribe(message, socket);
    });
    socket.on('error', () => {});
    return new Promise((resolve) => {
      socket.on('close', (code) => {
        clearInterval(pinging);
        this.isConnected = false;
        this.closes.push(code);
        resolve();
      });
    });
  }

  private subscribe({ type, payload }: Message, socket: WebSocket): void {
    const event = payload?.data?.dayPassEvents;
    if (type === 'next' && event) {
      this.heard.push(event.sequence);
      this.cursor = event.cursor;
      return;
    }
    const faults = type === 'error' ? (payload as Fault[] | undefined) : payload?.errors;
    for (const { extensions } of faults ?? []) this.faults.push(String(extensions?.code));
    // A stream that ended is opened again, at another process.
    if (type === 'next' || type === 'error' || type === 'complete') socket.close();
  }
}
