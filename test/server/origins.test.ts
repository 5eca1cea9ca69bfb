import type { IncomingMessage } from 'node:http';
import { readConfig } from '../../src/core/config';
import { Callers } from '../../src/server/doors/callers';
import { Origins } from '../../src/server/doors/origins';

const proxy = '10.0.0.7';
const config = readConfig({
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://desk.msp.example/passes',
  DAYPASS_ORIGINS: 'https://portal.example',
  DAYPASS_TRUSTED_PROXIES: proxy,
});
const callers = new Callers(config.trustedProxies);
const origins = new Origins(config, callers);

/** A request as the service gets it: `from` is the peer, here a trusted proxy unless set otherwise. */
const request = (headers: Record<string, string>, from = proxy) =>
  ({ headers, socket: { remoteAddress: from } }) as unknown as IncomingMessage;

describe('a page may use the API', () => {
  test.each<[string, Record<string, string>, string?]>([
    ['of no browser', { host: 'inside:4000' }, '203.0.113.9'],
    ['of an origin that the operator named', { origin: 'https://portal.example', host: 'inside' }],
    [
      'at PUBLIC_URL, though the proxy changes Host',
      { origin: 'https://desk.msp.example', host: 'inside:4000' },
    ],
    ['at the address that Host names', { origin: 'http://127.0.0.1:4000', host: '127.0.0.1:4000' }],
    [
      'at the address that a trusted proxy reports',
      {
        origin: 'https://alias.example:8443',
        host: 'inside',
        'x-forwarded-host': 'alias.example:8443, inside',
        'x-forwarded-proto': 'https',
      },
    ],
    [
      'at the address that a trusted proxy reports by the scheme of sockets',
      {
        origin: 'https://alias.example',
        host: 'inside',
        'x-forwarded-host': 'alias.example',
        'x-forwarded-proto': 'wss',
      },
    ],
    [
      'of which the browser itself says that it is the same origin',
      { origin: 'https://alias.example', host: 'inside', 'sec-fetch-site': 'same-origin' },
      '203.0.113.9',
    ],
  ])('%s', (...[, headers, from]) => {
    expect(origins.allows(request(headers, from))).toBe(true);
  });
});

describe('a page may not use the API', () => {
  test.each<[string, Record<string, string>, string?]>([
    ['of another origin', { origin: 'https://elsewhere.example', host: 'inside' }],
    ['of PUBLIC_URL with another scheme', { origin: 'http://desk.msp.example', host: 'inside' }],
    [
      'of PUBLIC_URL with another port',
      { origin: 'https://desk.msp.example:8443', host: 'inside' },
    ],
    ['without an origin of its own', { origin: 'null', host: 'null' }],
    [
      'whose address is reported by anybody but a trusted proxy',
      {
        origin: 'https://elsewhere.example',
        host: 'inside',
        'x-forwarded-host': 'elsewhere.example',
        'x-forwarded-proto': 'https',
      },
      '203.0.113.9',
    ],
    [
      'that was reached by another scheme than the proxy reports',
      {
        origin: 'http://alias.example',
        host: 'inside',
        'x-forwarded-host': 'alias.example',
        'x-forwarded-proto': 'https',
      },
    ],
    [
      'of another origin, as the browser says',
      { origin: 'https://elsewhere.example', host: 'inside', 'sec-fetch-site': 'cross-site' },
    ],
    [
      'of a sister host, as the browser says',
      { origin: 'https://other.msp.example', host: 'inside', 'sec-fetch-site': 'same-site' },
    ],
  ])('%s', (...[, headers, from]) => {
    expect(origins.allows(request(headers, from))).toBe(false);
  });
});

test.each([
  ['/daypass', '/daypass/'],
  ['/daypass/', '/daypass/'],
  ['/a/b-c/d.e', '/a/b-c/d.e/'],
  ['/first, /second', '/first/'],
  ['', '/'],
  ['/', '/'],
  ['daypass', '/'],
  ['//evil.example', '/'],
  ['/"><script>', '/'],
  [`/${'a'.repeat(1_000)}`, '/'],
])('a trusted proxy that reports the prefix %j: pages begin at %s', (prefix, basePath) => {
  const headers = { host: 'desk.example', 'x-forwarded-prefix': prefix };
  expect(callers.addressUsed(request(headers))?.basePath).toBe(basePath);
  expect(callers.addressUsed(request(headers, '203.0.113.9'))).toBeNull();
});
