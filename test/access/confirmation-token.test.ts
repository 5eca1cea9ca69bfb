import crypto, { createHash, createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  confirmationLifetimeMs,
  hashNotice,
  readConfirmation,
  signConfirmation,
  type Confirmation,
} from '../../src/access/confirmation-token';
import { sections } from '../../src/access/gate.rules';
import { languages } from '../../src/core/notation/languages';
import { newId } from '../../src/core/ids';
import { zoneNames } from '../../src/time/zone-database';
import { size } from '../support/size';

const key = randomBytes(32);
const otherKey = randomBytes(32);
const nowMs = Date.parse('2026-11-23T12:00:00Z');

const confirmation: Confirmation = {
  id: newId(),
  accountId: newId(),
  agentId: newId(),
  walletId: newId(),
  ticketId: newId(),
  section: 'TICKETS',
  localDate: '2026-11-23',
  timeZone: 'America/Santiago',
  price: { minor: 1200, currency: 'USD' },
  emergency: false,
  passExpiresAtMs: Date.parse('2026-11-24T03:00:00Z'),
  expiresAtMs: nowMs + confirmationLifetimeMs,
  language: 'en',
  noticeHash: hashNotice('Entering uses one day pass.', 'en'),
  sessionKeyId: null,
};
const token = signConfirmation(confirmation, key);

/** Signs any body as the service would, to test fields that it would not sign. */
function forgeWithKey(body: string): string {
  const hmac = createHmac('sha256', key).update('daypass confirmation\0').update(body);
  return `${body}.${hmac.digest('base64url')}`;
}

describe('a confirmation', () => {
  test('is read back from its token as it was signed', () => {
    expect(readConfirmation(token, key)).toEqual(confirmation);
  });

  test.each([
    ['without a ticket, for another section', { ticketId: null, section: 'ASSETS' }],
    ['without a price', { price: null }],
    ['that costs nothing', { price: { minor: 0, currency: 'JPY' } }],
    ['of an emergency', { emergency: true }],
    ['that was shown in a portal session', { sessionKeyId: newId() }],
    ['in Japanese', { language: 'ja' }],
    ['in a zone with a sign in its name', { timeZone: 'Etc/GMT+12' }],
  ] satisfies [string, Partial<Confirmation>][])('%s is read back too', (_what, changes) => {
    const changed = { ...confirmation, ...changes };
    expect(readConfirmation(signConfirmation(changed, key), key)).toEqual(changed);
  });

  test('of the release before, which bound no session, is read without one', () => {
    // Signed by that release, with a key of 32 sevens.
    const before =
      'dp1.o6dMUAzW.AYkAAAAAcACAAAAAAAAAAQ.AYkAAAAAcACAAAAAAAAAAg.AYkAAAAAcACAAAAAAAAAAw.AYkAAAAAcACAAAAAAAAABA..TICKETS.2026-11-23.America/Santiago.1200USD.0.1795489200000.1795435500000.en.PrWVE8Xw3EtFjauTAkaQ5sJO_zCw9qIKft9lCdiLOag.PIY5nErEwqHwKKZ6YUoJ9tdlINUaKgRlMjwwT44e2-o';
    const { sessionKeyId, ...unbound } = confirmation;
    expect(sessionKeyId).toBeNull();
    const id = (last: number) => `01890000-0000-7000-8000-00000000000${last}`;
    expect(readConfirmation(before, Buffer.alloc(32, 7))).toEqual({
      ...unbound,
      ...{ id: id(1), accountId: id(2), agentId: id(3), walletId: id(4), ticketId: null },
    });
    expect(readConfirmation(before.replace(/^dp1/, 'dp2'), Buffer.alloc(32, 7))).toBeNull();
  });

  test('cannot be made one of the release before', () => {
    const body = token.slice(0, token.lastIndexOf('.'));
    const cut = body.slice(0, body.lastIndexOf('.'));
    for (const older of [body, cut].map((text) => text.replace(/^dp2/, 'dp1'))) {
      expect(readConfirmation(`${older}.${token.split('.').at(-1)}`, key)).toBeNull();
    }
  });

  test('of any zone and price is read back from at most 512 bytes', () => {
    const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 });
    const id = bytes16.map((bytes) =>
      Buffer.from(bytes)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    );
    const minor = fc.nat({ max: Number.MAX_SAFE_INTEGER });
    const currency = fc.constantFrom('USD', 'JPY', 'KWD');
    const any: fc.Arbitrary<Confirmation> = fc.record({
      ...{ id, accountId: id, agentId: id, walletId: id, ticketId: fc.option(id) },
      section: fc.constantFrom(...sections),
      localDate: fc.constantFrom('2026-11-23', '2024-02-29', '9999-12-31'),
      timeZone: fc.constantFrom(...zoneNames()),
      price: fc.option(fc.record({ minor, currency })),
      emergency: fc.boolean(),
      passExpiresAtMs: fc.nat({ max: 8.64e15 }),
      expiresAtMs: fc.nat({ max: 8.64e15 }),
      language: fc.constantFrom(...languages),
      noticeHash: fc.string().map((notice) => hashNotice(notice, 'en')),
      sessionKeyId: fc.option(id),
    });
    fc.assert(
      fc.property(any, (signed) => {
        const text = signConfirmation(signed, key);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(512);
        expect(readConfirmation(text, key)).toEqual(signed);
      }),
    );
  });

  test('with everything as long as it can be is well below 512 bytes', () => {
    const timeZone = zoneNames().reduce((a, b) => (b.length > a.length ? b : a));
    const price = { minor: Number.MAX_SAFE_INTEGER, currency: 'USD' };
    const instants = { passExpiresAtMs: 8.64e15, expiresAtMs: 8.64e15 };
    const longest = signConfirmation({ ...confirmation, timeZone, price, ...instants }, key);
    expect(Buffer.byteLength(longest)).toBeLessThan(350);
  });

  test('lives for five minutes', () => expect(confirmationLifetimeMs).toBe(300_000));
});

describe('a token that is not ours', () => {
  test('of another key is invalid', () => {
    expect(readConfirmation(token, otherKey)).toBeNull();
  });

  test("of another key with our key's id is invalid", () => {
    const keyId = token.split('.')[1]!;
    const foreign = signConfirmation(confirmation, otherKey).split('.');
    foreign[1] = keyId;
    expect(readConfirmation(foreign.join('.'), key)).toBeNull();
  });

  test('with any one byte changed is invalid', () => {
    const bytes = Buffer.from(token);
    const position = fc.nat({ max: bytes.length - 1 });
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const flipped = Buffer.from(bytes);
        flipped[index]! ^= flip;
        expect(readConfirmation(flipped.toString('latin1'), key)).toBeNull();
        expect(readConfirmation(flipped.toString('utf8'), key)).toBeNull();
      }),
      { numRuns: size(200, 2_000) },
    );
  });

  test('with another spelling of the same signature bytes is invalid', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1)!);
    const respelled = token.slice(0, -1) + alphabet[last ^ 1]!;
    const bytes = (text: string) => Buffer.from(text.split('.').at(-1)!, 'base64url');
    expect(bytes(respelled)).toEqual(bytes(token));
    expect(readConfirmation(respelled, key)).toBeNull();
    expect(readConfirmation(`${token}=`, key)).toBeNull();
  });

  test('signed with the same key for another purpose is invalid', () => {
    const body = token.slice(0, token.lastIndexOf('.'));
    const signature = createHmac('sha256', key).update(body).digest('base64url');
    expect(readConfirmation(`${body}.${signature}`, key)).toBeNull();
  });

  test('cut at any place is invalid', () => {
    for (let length = 0; length < token.length; length += 1) {
      expect(readConfirmation(token.slice(0, length), key)).toBeNull();
    }
  });

  test('with any other text is invalid, and causes no error', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 600 });
    const dotted = fc.array(fc.string(), { maxLength: 20 }).map((parts) => parts.join('.'));
    const signed = fc
      .tuple(fc.nat({ max: token.length }), anyText)
      .map(([index, text]) => token.slice(0, index) + text + token.slice(index))
      .filter((text) => text !== token);
    fc.assert(
      fc.property(fc.oneof(anyText, dotted, signed), (text) => {
        expect(readConfirmation(text, key)).toBeNull();
      }),
      { numRuns: size(50, 500) },
    );
  });
});

describe('a token that is ours but malformed', () => {
  const parts = token.split('.').slice(0, -1);
  const withPart = (index: number, text: string) =>
    readConfirmation(
      forgeWithKey(parts.map((part, i) => (i === index ? text : part)).join('.')),
      key,
    );

  test('is signed by this test as the service signs', () => {
    expect(forgeWithKey(parts.join('.'))).toBe(token);
  });

  test.each([
    ['another version', 0, 'dp3'],
    ['another key id', 1, 'AAAAAAAA'],
    ['an id that is too short', 2, 'AAAA'],
    ['no account', 3, ''],
    ['a ticket that is no id', 6, 'ticket'],
    ['a section that does not exist', 7, 'CELLAR'],
    ['a date that does not exist', 8, '2026-02-30'],
    ['a zone that does not exist', 9, 'Mars/Olympus'],
    ['a zone in another spelling', 9, 'america/santiago'],
    ['an amount below zero', 10, '-1USD'],
    ['an amount that is not kept exactly', 10, '9007199254740993USD'],
    ['an amount without a currency', 10, '1200'],
    ['an emergency that is neither yes nor no', 11, '2'],
    ['an end that is no number', 12, '1e3'],
    ['an end after all dates', 13, '8640000000000001'],
    ['a language that is not shipped', 14, 'fr'],
    ['a hash of another length', 15, 'AAAA'],
    ['a session that is no id', 16, 'session'],
    ['a field too many', 15, `${parts[15]}.`],
  ])('with %s it is invalid', (_what, index, text) => expect(withPart(index, text)).toBeNull());

  test('with one field missing it is invalid', () => {
    expect(readConfirmation(forgeWithKey(parts.slice(0, -1).join('.')), key)).toBeNull();
  });

  test('is not even hashed when it is longer than 512 bytes', () => {
    const hashing = jest.spyOn(crypto, 'createHmac');
    try {
      expect(readConfirmation(token.padEnd(513, 'A'), key)).toBeNull();
      expect(hashing).not.toHaveBeenCalled();
      expect(readConfirmation(token.padEnd(512, 'A'), key)).toBeNull();
      expect(hashing).toHaveBeenCalled();
    } finally {
      hashing.mockRestore();
    }
  });

  test.each([
    ['an id that is no UUID', { id: 'agent-1' }],
    ['an id with text after its UUID', { id: `${confirmation.id}!` }],
    ['a zone with a dot in it', { timeZone: 'America.Santiago' }],
    ['a price with a fraction', { price: { minor: 0.5, currency: 'USD' } }],
  ] satisfies [string, Partial<Confirmation>][])('with %s it is never signed', (_what, changes) => {
    expect(() => signConfirmation({ ...confirmation, ...changes }, key)).toThrow(/Not a/);
  });
});

describe('the hash of a notice', () => {
  test('distinguishes words and languages', () => {
    const hash = hashNotice('OK', 'en');
    expect(hash).toBe(createHash('sha256').update('en\0OK').digest('base64url'));
    expect(hashNotice('OK', 'de')).not.toBe(hash);
    expect(hashNotice('OK.', 'en')).not.toBe(hash);
  });
});
