import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** An error of PostgreSQL that the client receives instead of the server's answer. */
export interface ForgedError {
  code: string;
  message: string;
  /** Whether the server receives and runs what was sent. */
  isRun: boolean;
}

/**
 * What happens to a connection when the client sends something:
 * - `pass`: it is forwarded, as everything before and after;
 * - `lose`: the connection breaks, and the server never receives it;
 * - `lose-answer`: the server receives and answers it, and the connection breaks before the client
 *   gets the answer;
 * - `silence`: from here on nothing passes either way, and no side is informed;
 * - an error: the client receives it, and nothing after it.
 */
export type Fate = 'pass' | 'lose' | 'lose-answer' | 'silence' | ForgedError;

/** Whether a client sends a COMMIT: as text, or as a prepared statement at the end of a batch. */
export function isCommit(bytes: Buffer): boolean {
  const sent = bytes.toString('latin1');
  return /Q....commit\0$/is.test(sent) || /\0commit\0[^]*S\0\0\0\x04$/.test(sent);
}

/** A way to a database on which things get lost. */
export interface TcpProxy {
  /** The database behind it, through it. */
  url: string;
  /** Called for everything a client sends; all passes unless a test decides otherwise. */
  fateOf: (bytes: Buffer) => Fate;
  /** How long what the server answers to these bytes is on its way. */
  delayOf: (bytes: Buffer) => number;
  /** Sends those who connect from now on to another server. */
  aimAt(url: string): void;
  /** Everything goes silent, also connections that are made meanwhile; closed ones stay closed. */
  silent: boolean;
  close(): Promise<void>;
}

export async function openTcpProxy(databaseUrl: string): Promise<TcpProxy> {
  let target = new URL(databaseUrl);
  const links = new Set<Link>();
  const server = createServer((client) => {
    const link = new Link(client, connect(Number(target.port), target.hostname), proxy);
    links.add(link);
    void link.ended.then(() => links.delete(link));
  });
  const proxy: TcpProxy = {
    url: '',
    fateOf: () => 'pass',
    delayOf: () => 0,
    silent: false,
    aimAt: (url) => (target = new URL(url)),
    async close() {
      for (const link of links) link.cut();
      server.close();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  proxy.url = String(url);
  return proxy;
}

/** One connection: the client's half and the server's. */
class Link {
  /** Resolves when both halves have ended. */
  readonly ended: Promise<unknown>;
  private isSilent = false;
  private losesAnswer = false;
  private forged: ForgedError | undefined;
  private delayMs = 0;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly proxy: TcpProxy,
  ) {
    this.ended = Promise.all(
      [client, server].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    );
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
    }
    client.on('data', (bytes) => this.fromClient(bytes));
    server.on('data', (bytes) => this.fromServer(bytes));
    // A silent side does not say goodbye either.
    client.on('close', () => this.passesBytes() && server.destroy());
    server.on('close', () => this.passesBytes() && client.destroy());
  }

  cut(): void {
    this.client.resetAndDestroy();
    this.server.destroy();
  }

  private passesBytes(): boolean {
    this.isSilent ||= this.proxy.silent;
    return !this.isSilent;
  }

  private fromClient(bytes: Buffer): void {
    if (!this.passesBytes()) return;
    if (this.forged) {
      if (bytes[0] === goodbye) this.cut();
      return;
    }
    const fate = this.proxy.fateOf(bytes);
    this.delayMs = this.proxy.delayOf(bytes);
    if (fate === 'lose') return this.cut();
    if (typeof fate === 'object') {
      this.forged = fate;
      if (!fate.isRun) return void this.client.write(errorMessage(fate));
    }
    this.losesAnswer ||= fate === 'lose-answer';
    this.isSilent ||= fate === 'silence';
    if (!this.isSilent) this.server.write(bytes);
  }

  private fromServer(bytes: Buffer): void {
    if (!this.passesBytes()) return;
    if (this.losesAnswer) return this.cut();
    if (this.forged) {
      if (this.forged.isRun) this.client.write(errorMessage(this.forged));
      this.forged = { ...this.forged, isRun: false };
      return;
    }
    if (this.delayMs > 0) setTimeout(() => this.client.write(bytes), this.delayMs);
    else this.client.write(bytes);
  }
}

/** The message with which a client closes its connection. */
const goodbye = 'X'.charCodeAt(0);

/** An error as PostgreSQL writes it on the wire, and that the next query may come. */
function errorMessage({ code, message }: ForgedError): Buffer {
  const fields = Buffer.from(`SERROR\0VERROR\0C${code}\0M${message}\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields, Buffer.from('Z\0\0\0\x05I', 'latin1')]);
}
