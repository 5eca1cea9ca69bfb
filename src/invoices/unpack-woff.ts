import { inflateSync } from 'node:zlib';

/** More than the largest font in use, so that a small file cannot fill the memory. */
const tableBytesMax = 64 * 2 ** 20;

/**
 * The TrueType or OpenType font in a WOFF file; any other bytes as they are. fontkit inflates a table
 * of a WOFF again for each glyph, so a document in Japanese took 20 seconds.
 */
export function unpackWoff(bytes: Buffer): Buffer {
  if (bytes.toString('latin1', 0, 4) !== 'wOFF') return bytes;
  const count = bytes.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, at) => readTable(bytes, 44 + 20 * at));
  const head = Buffer.alloc(12 + 16 * count);
  bytes.copy(head, 0, 4, 8);
  const power = Math.floor(Math.log2(count));
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(16 * 2 ** power, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE(16 * count - 16 * 2 ** power, 10);
  let offset = head.length;
  for (const [at, { tag, checksum, content }] of tables.entries()) {
    const record = 12 + 16 * at;
    head.write(tag, record, 'latin1');
    head.writeUInt32BE(checksum, record + 4);
    head.writeUInt32BE(offset, record + 8);
    head.writeUInt32BE(content.length, record + 12);
    offset += content.length + paddingOf(content);
  }
  const padded = tables.flatMap(({ content }) => [content, Buffer.alloc(paddingOf(content))]);
  return Buffer.concat([head, ...padded]);
}

/** An entry of the directory, with its table. */
function readTable(bytes: Buffer, at: number): { tag: string; checksum: number; content: Buffer } {
  const [offset, packed, length] = [4, 8, 12].map((field) => bytes.readUInt32BE(at + field));
  const stored = bytes.subarray(offset, offset! + packed!);
  return {
    tag: bytes.toString('latin1', at, at + 4),
    checksum: bytes.readUInt32BE(at + 16),
    // A table that would not become smaller is stored as it is.
    content: packed === length ? stored : inflateSync(stored, { maxOutputLength: tableBytesMax }),
  };
}

/** Tables begin at multiples of four bytes. */
function paddingOf({ length }: Buffer): number {
  return (4 - (length % 4)) % 4;
}
