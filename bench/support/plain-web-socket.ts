import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const opcode = { text: 1, close: 8, ping: 9, pong: 10 };
const finalFrame = 0x80;
const masked = 0x80;

/**
 * A WebSocket client that does next to nothing, as thousands of them share the machine with what is
 * measured: whole text frames in and out, pings answered, no extensions.
 */
export class PlainWebSocket {
  private rest: Buffer | undefined;
  private closing = false;
  /** Called with each text, as bytes that are only valid during the call. */
  onText: (text: Buffer) => void = () => {};
  /** Called if the other side ends the connection. */
  onLost: (reason: string) => void = () => {};

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('error', (error) => this.lost(error.message));
    socket.on('close', () => this.lost('closed'));
  }

  static open(url: string, protocol?: string): Promise<PlainWebSocket> {
    const { hostname, port, host, pathname } = new URL(url);
    const asked = protocol === undefined ? '' : `sec-websocket-protocol: ${protocol}\r\n`;
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\nupgrade: websocket\r\n` +
            `connection: upgrade\r\nsec-websocket-version: 13\r\n${asked}` +
            `sec-websocket-key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
        );
      });
      socket.once('error', reject);
      let head = Buffer.alloc(0);
      const answer = (part: Buffer) => {
        head = Buffer.concat([head, part]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', answer);
        if (!head.toString('latin1').startsWith('HTTP/1.1 101')) {
          return reject(new Error(`The upgrade was refused: ${head.toString('latin1')}`));
        }
        const opened = new PlainWebSocket(socket);
        resolve(opened);
        // Bytes that arrived with the answer are read after the listener is set.
        const more = head.subarray(end + 4);
        setImmediate(() => {
          socket.on('data', (chunk: Buffer) => opened.read(chunk));
          if (more.length > 0) opened.read(more);
        });
      };
      socket.on('data', answer);
    });
  }

  send(text: string): void {
    this.write(opcode.text, Buffer.from(text));
  }

  close(): void {
    this.closing = true;
    this.socket.destroy();
  }

  private lost(reason: string): void {
    if (this.closing) return;
    this.closing = true;
    this.onLost(reason);
  }

  /** A frame from a client is masked; a mask of zeros leaves the bytes as they are. */
  private write(kind: number, payload: Buffer): void {
    const long = payload.length > 125;
    const head = Buffer.alloc(long ? 8 : 6);
    head[0] = finalFrame | kind;
    head[1] = masked | (long ? 126 : payload.length);
    if (long) head.writeUInt16BE(payload.length, 2);
    this.socket.write(Buffer.concat([head, payload]));
  }

  private read(chunk: Buffer): void {
    const bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = 0;
    while (at + 2 <= bytes.length) {
      const short = bytes[at + 1]!;
      const from = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
      if (from > bytes.length) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2));
      if (from + length > bytes.length) break;
      this.subscribe(bytes[at]! & 0x0f, bytes.subarray(from, from + length));
      at = from + length;
    }
    this.rest = at < bytes.length ? bytes.subarray(at) : undefined;
  }

  private subscribe(kind: number, payload: Buffer): void {
    if (kind === opcode.text) this.onText(payload);
    else if (kind === opcode.ping) this.write(opcode.pong, payload);
    else if (kind === opcode.close) this.lost(`closed: ${payload.subarray(2).toString('utf8')}`);
  }
}
