import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { bytesOfId, idOfBytes } from '../core/ids';
import type { Money } from '../ledger/model/ledger';
import { isCalendarDate } from '../time/calendar';
import { findZone } from '../time/zone-database';
import { sections, type Section } from './gate.rules';
import { languages, type Language } from '../core/notation/languages';

/** What an agent is asked to confirm: everything that the agent was shown, and for whom it is valid. */
export interface Confirmation {
  /** A UUIDv7; used up with the pass that it confirms. */
  id: string;
  accountId: string;
  agentId: string;
  walletId: string;
  ticketId: string | null;
  /** The section that the agent wants to enter. */
  section: Section;
  /** YYYY-MM-DD in `timeZone`. */
  localDate: string;
  timeZone: string;
  price: Money | null;
  emergency: boolean;
  passExpiresAtMs: number;
  /** When the token ends: `confirmationLifetimeMs` after it was made, or with the pass if sooner. */
  expiresAtMs: number;
  language: Language;
  /** `hashNotice` of the words that were shown. */
  noticeHash: string;
  /** The service key in whose portal session it was shown; null for a sign-in of the agent's own. */
  sessionKeyId: string | null;
}

/**
 * As it is read back. Earlier releases did not bind the session: their tokens do not say where they
 * were shown, and are valid in any session of the agent for the rest of their five minutes.
 */
export type SignedConfirmation = Omit<Confirmation, 'sessionKeyId'> &
  Partial<Pick<Confirmation, 'sessionKeyId'>>;

/** Time to read a sentence and decide, and little enough that price and wallet seldom change in it. */
export const confirmationLifetimeMs = 5 * 60_000;

/**
 * The confirmation as a token of at most 512 bytes, all ASCII. Throws an Error for what could not
 * be read back: an id that is no UUID, a zone that the zone database does not list.
 */
export function signConfirmation(confirmation: Confirmation, key: Buffer): string {
  const fields = toFields(confirmation);
  if (!fromFields(fields, fieldsShapes[version]))
    throw new Error('Not a confirmation: a field is out of shape.');
  const body = [version, keyIdOf(key), ...fields].join('.');
  return `${body}.${signatureOf(body, key)}`;
}

/** The confirmation in a token; null if it is too long, malformed, forged or of another key. */
export function readConfirmation(token: string, key: Buffer): SignedConfirmation | null {
  // First, so that no more than this is ever hashed. A genuine token has one byte per character.
  if (token.length > tokenLengthMax) return null;
  const signatureAt = token.lastIndexOf('.') + 1;
  const body = token.slice(0, Math.max(0, signatureAt - 1));
  const [tokenVersion, keyId, ...fields] = body.split('.');
  if (!isVersion(tokenVersion) || keyId !== keyIdOf(key)) return null;
  // The text is compared, not its bytes: base64url can write the same bytes in several ways.
  if (!isSameText(token.slice(signatureAt), signatureOf(body, key))) return null;
  return fromFields(fields, fieldsShapes[tokenVersion]);
}

/** Binds the words of a notice and their language: SHA-256, base64url. */
export function hashNotice(notice: string, language: Language): string {
  return createHash('sha256').update(`${language}\0${notice}`).digest('base64url');
}

/** Since it binds the session; `dp1` did not. */
const version = 'dp2';
/** The contract's limit; the longest zone name, price and ids make about 320. */
const tokenLengthMax = 512;

/*
 * The signed text begins with its purpose, so that a signature made with this key for another
 * purpose is not valid here.
 */
const signaturePurpose = 'daypass confirmation\0';
const keyIdPurpose = 'daypass confirmation key id\0';

function signatureOf(body: string, key: Buffer): string {
  return createHmac('sha256', key).update(signaturePurpose).update(body).digest('base64url');
}

const keyIds = new WeakMap<Buffer, string>();

/** Names the key without telling it, so that a token of a replaced key is seen to be one. */
function keyIdOf(key: Buffer): string {
  let keyId = keyIds.get(key);
  if (keyId === undefined) {
    keyId = createHmac('sha256', key).update(keyIdPurpose).digest('base64url').slice(0, 8);
    keyIds.set(key, keyId);
  }
  return keyId;
}

function isSameText(a: string, b: string): boolean {
  const [bytesA, bytesB] = [Buffer.from(a), Buffer.from(b)];
  return bytesA.length === bytesB.length && timingSafeEqual(bytesA, bytesB);
}

/**
 * One text for each property of `Confirmation`, in its order; '' is null. None contains the dot
 * that separates them; otherwise the number of parts would not match when they are read back.
 */
function toFields(confirmation: Confirmation): string[] {
  const { ticketId, price, sessionKeyId } = confirmation;
  return [
    packId(confirmation.id),
    packId(confirmation.accountId),
    packId(confirmation.agentId),
    packId(confirmation.walletId),
    ticketId === null ? '' : packId(ticketId),
    confirmation.section,
    confirmation.localDate,
    confirmation.timeZone,
    price === null ? '' : `${price.minor}${price.currency}`,
    confirmation.emergency ? '1' : '0',
    String(confirmation.passExpiresAtMs),
    String(confirmation.expiresAtMs),
    confirmation.language,
    confirmation.noticeHash,
    sessionKeyId === null ? '' : packId(sessionKeyId),
  ];
}

/** Our signature is on it, so it is in shape; unless another release, of other shapes, signed it. */
function fromFields(
  fields: readonly string[],
  shape: (typeof fieldsShapes)[Version],
): SignedConfirmation | null {
  const parsed = readAll(fields, shape);
  if (!parsed) return null;
  // By place: taking a list apart by rests costs as much as reading its fields.
  const bound = {
    id: parsed[0],
    accountId: parsed[1],
    agentId: parsed[2],
    walletId: parsed[3],
    ticketId: parsed[4],
    section: parsed[5],
    localDate: parsed[6],
    timeZone: parsed[7],
    price: parsed[8],
    emergency: parsed[9],
    passExpiresAtMs: parsed[10],
    expiresAtMs: parsed[11],
    language: parsed[12],
    noticeHash: parsed[13],
  };
  return parsed.length === 15 ? { ...bound, sessionKeyId: parsed[14] } : bound;
}

/** Reads one field; undefined for a text that is not in shape. Every gate and every Proceed reads all. */
type ReadField<Value> = (text: string) => Value | undefined;
type Values<Shape extends readonly ReadField<unknown>[]> = {
  -readonly [At in keyof Shape]: Shape[At] extends ReadField<infer Value> ? Value : never;
};

function readAll<Shape extends readonly ReadField<unknown>[]>(
  fields: readonly string[],
  shape: Shape,
): Values<Shape> | null {
  if (fields.length !== shape.length) return null;
  const values = shape.map((read, at) => read(fields[at]!));
  return values.includes(undefined) ? null : (values as Values<Shape>);
}

const orNothing =
  <Value>(read: ReadField<Value>): ReadField<Value | null> =>
  (text) =>
    text === '' ? null : read(text);
const matching =
  (shape: RegExp): ReadField<string> =>
  (text) =>
    shape.test(text) ? text : undefined;
const oneOf =
  <Value extends string>(values: readonly Value[]): ReadField<Value> =>
  (text) =>
    values.find((value) => value === text);

const packedId: ReadField<string> = (text) =>
  /^[\w-]{22}$/.test(text) ? unpackId(text) : undefined;
/** The last instant of a Date. */
const instantMax = 8.64e15;
const instant: ReadField<number> = (text) =>
  /^(0|[1-9]\d{0,15})$/.test(text) && Number(text) <= instantMax ? Number(text) : undefined;
const price: ReadField<Money> = (text) => {
  const minor = Number(text.slice(0, -3));
  const isPrice = /^(0|[1-9]\d{0,15})[A-Z]{3}$/.test(text) && Number.isSafeInteger(minor);
  return isPrice ? { minor, currency: text.slice(-3) } : undefined;
};
const flag: ReadField<boolean> = (text) =>
  text === '0' || text === '1' ? text === '1' : undefined;
const calendarDate: ReadField<string> = (text) => (isCalendarDate(text) ? text : undefined);
const zoneName: ReadField<string> = (text) => (findZone(text) === text ? text : undefined);

const unboundFields = [
  packedId,
  packedId,
  packedId,
  packedId,
  orNothing(packedId),
  oneOf(sections),
  calendarDate,
  zoneName,
  orNothing(price),
  flag,
  instant,
  instant,
  oneOf(languages),
  matching(/^[\w-]{43}$/),
] as const;

/** By the version at the beginning of a token. */
const fieldsShapes = {
  dp1: unboundFields,
  dp2: [...unboundFields, orNothing(packedId)] as const,
};
type Version = keyof typeof fieldsShapes;

function isVersion(text: string | undefined): text is Version {
  return text !== undefined && Object.hasOwn(fieldsShapes, text);
}

/** A UUID's 16 bytes in 22 characters. Throws an Error for what is no UUID in lower case. */
function packId(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new Error(`Not a UUID: ${id}`);
  return bytesOfId(id).toString('base64url');
}

function unpackId(packed: string): string {
  return idOfBytes(Buffer.from(packed, 'base64url'));
}
