import { MessageType } from 'graphql-ws';
import type { ReadyReceiver, ReadyResult } from '../../api/waiting-reader';
import type { SocketSender } from './socket-sender';

/** RFC 6455: the final frame of a text message; lengths above 125 follow in 16 or 64 bits. */
const finalText = 0x81;
const length16 = 126;
const length64 = 127;

/** The way of one operation of a socket for results that are ready. */
export class SocketReceiver implements ReadyReceiver {
  constructor(
    private readonly sender: SocketSender,
    private readonly id: string,
  ) {}

  get isReady(): boolean {
    return this.sender.isReady;
  }

  send(ready: ReadyResult): void {
    this.sender.sendFrame(ready.framed(this.id, (text) => textFrame(messageOf(this.id, text))));
  }
}

/** The message with a payload, as graphql-ws writes it. */
function messageOf(id: string, payload: string): string {
  return `{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":${payload}}`;
}

/** A text message in one frame, as a server sends it: without a mask. */
function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < length16 ? 2 : length < 2 ** 16 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = finalText;
  if (head === 2) frame[1] = length;
  if (head === 4) {
    frame[1] = length16;
    frame.writeUInt16BE(length, 2);
  }
  if (head === 10) {
    frame[1] = length64;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head);
  return frame;
}
