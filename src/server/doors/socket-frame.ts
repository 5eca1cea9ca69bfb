import { MessageType } from 'graphql-ws';

/** RFC 6455: the final frame of a text message; lengths above 125 follow in 16 or 64 bits. */
const finalText = 0x81;
const length16 = 126;
const length64 = 127;

/** The text of a message with a result; `payload` is JSON. */
export function nextMessage(id: string, payload: string): string {
  return `{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":${payload}}`;
}

/** A text message in one frame, as a server sends it: without a mask. */
export function textFrame(text: string): Buffer {
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
