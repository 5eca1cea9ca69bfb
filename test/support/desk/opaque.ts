const uuidShape = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const bodyOf = (cursor: string) => Buffer.from(cursor.split('.')[1]!, 'base64url');
const withBody = (cursor: string, body: Buffer) =>
  `${cursor.split('.')[0]!}.${body.toString('base64url')}`;

/** The cursor with one id in place of another, be it written out or in bytes. */
export function relabelled(cursor: string, from: string, to: string): string {
  const hex = bodyOf(cursor).toString('hex');
  const swapped = hex
    .replaceAll(Buffer.from(from).toString('hex'), Buffer.from(to).toString('hex'))
    .replaceAll(bytesOf(from).toString('hex'), bytesOf(to).toString('hex'));
  expect(swapped).not.toBe(hex);
  return withBody(cursor, Buffer.from(swapped, 'hex'));
}

/** A cursor at the same place but for the last bit, so of a row or a history that nobody has. */
export function ofNothing(cursor: string): string {
  const body = bodyOf(cursor);
  const row = body.toString('utf8').match(uuidShape)?.at(-1);
  if (row) return relabelled(cursor, row, row.slice(0, -1) + (row.endsWith('0') ? '1' : '0'));
  body.writeUInt8(body.at(-1)! ^ 1, body.length - 1);
  return withBody(cursor, body);
}

/** All ids of rows that a text has in it: written out, in public ids, or in cursors. */
export function rowIdsIn(text: string, known: ReadonlySet<string>): string[] {
  const opaque = (text.match(/[\w-]{20,}/g) ?? []).map((one) => Buffer.from(one, 'base64url'));
  const written = opaque.flatMap((raw) => raw.toString('utf8').match(uuidShape) ?? []);
  const inBytes = opaque.flatMap((raw) =>
    raw.length >= 16 ? [raw.subarray(0, 16).toString('hex')] : [],
  );
  const found = [...(text.match(uuidShape) ?? []), ...written, ...inBytes.map(dashed)];
  return found.filter((id) => known.has(id));
}

const dashed = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
