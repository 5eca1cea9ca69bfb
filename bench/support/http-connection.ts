import { connect, type Socket } from 'node:net';

/**
 * One keep-alive connection that posts to one address and waits for its answer. It uses plain
 * sockets, because the load shares the machine with what it measures: Node's own client costs as
 * much as half the service.
 */
export class HttpConnection {
  private answer = '';
  private waiting: { resolve(body: string): void; reject(error: Error): void } | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly address: URL,
  ) {
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (text: string) => this.read(text));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('The connection was closed.')));
  }

  static open(url: string): Promise<HttpConnection> {
    const address = new URL(url);
    const { hostname, port } = address;
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        resolve(new HttpConnection(socket, address)),
      );
      socket.once('error', reject);
    });
  }

  /** The answer's body. One request at a time. */
  post(body: string, bearer: string): Promise<string> {
    const { host, pathname } = this.address;
    const head =
      `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${bearer}\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(head + body, 'utf8');
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(text: string): void {
    this.answer += text;
    const headLength = this.answer.indexOf('\r\n\r\n') + 4;
    if (headLength < 4) return;
    const length = /content-length: (\d+)/i.exec(this.answer.slice(0, headLength))?.[1];
    if (length === undefined) throw new Error(`An answer without a length: ${this.answer}`);
    if (this.answer.length < headLength + Number(length)) return;
    const body = this.answer.slice(headLength);
    this.answer = '';
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(body);
  }
}
