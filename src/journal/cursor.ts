import { DomainError } from '../core/domain-error';

/** A place in an account's journal: after the entry with that number, whose chain hash this is. */
export interface JournalPlace {
  accountId: string;
  sequence: number;
  /** Hexadecimal; the genesis hash if the sequence is 0. */
  hash: string;
}

/** Cursors name their kind, so that a cursor of a list is never accepted as one of the journal. */
const kind = 'j1';
/** Enough of the hash to distinguish two histories. */
const hashBytes = 12;
const bytes = { account: 16, sequence: 4 };

/** The opaque text that clients keep of a place in the journal. It stays valid across releases. */
export function encodeCursor(place: JournalPlace): string {
  const account = Buffer.from(place.accountId.replaceAll('-', ''), 'hex');
  const sequence = Buffer.alloc(bytes.sequence);
  sequence.writeUInt32BE(place.sequence);
  const hash = Buffer.from(place.hash, 'hex').subarray(0, hashBytes);
  return `${kind}.${Buffer.concat([account, sequence, hash]).toString('base64url')}`;
}

/** The content of a cursor; the hash is the beginning of the entry's. */
export interface ReadCursor {
  sequence: number;
  hashStart: string;
}

/**
 * Reads a cursor. Throws BAD_USER_INPUT for a cursor of another kind or account, and for other
 * texts.
 */
export function decodeCursor(text: string, accountId: string): ReadCursor {
  const read = /^j1\.([\w-]{40,60})$/.exec(text)?.[1];
  const raw = Buffer.from(read ?? '', 'base64url');
  const account = raw.subarray(0, bytes.account).toString('hex');
  const isOurs =
    raw.length === bytes.account + bytes.sequence + hashBytes &&
    account === accountId.replaceAll('-', '');
  if (!isOurs)
    throw new DomainError(
      'BAD_USER_INPUT',
      'This is not a cursor of this journal. Pass a cursor exactly as the service returned it.',
    );
  return {
    sequence: raw.readUInt32BE(bytes.account),
    hashStart: raw.subarray(bytes.account + bytes.sequence).toString('hex'),
  };
}
