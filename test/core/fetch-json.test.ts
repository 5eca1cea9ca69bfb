import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { fetchJson } from '../../src/core/fetch-json';
import { isReachable } from '../../src/core/outbound';
import { isPublicAddress } from '../../src/core/public-address';
import { hangMs } from '../support/patience';

const anywhere = { privateAddresses: true };
const outside = { privateAddresses: false };
const bounds = () => ({ signal: AbortSignal.timeout(hangMs), bytesMax: 1_000 });

let server: http.Server;
let url: string;
const asked: string[] = [];
let hanging: () => void;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(request.url!);
    if (request.url === '/good') return response.end('{"good": true}');
    if (request.url === '/elsewhere') return response.writeHead(302, { location: '/good' }).end();
    if (request.url === '/long') return response.end(JSON.stringify('x'.repeat(5_000)));
    if (request.url === '/words') return response.end('not json');
    // '/never': the head, and then nothing.
    response.writeHead(200).flushHeaders();
    hanging();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a document is fetched', async () => {
  expect(await fetchJson(`${url}/good`, { ...anywhere, ...bounds() })).toEqual({ good: true });
});

test('a redirect is not followed', async () => {
  asked.length = 0;
  const fetched = fetchJson(`${url}/elsewhere`, { ...anywhere, ...bounds() });
  await expect(fetched).rejects.toThrow('status 302');
  expect(asked).toEqual(['/elsewhere']);
});

test('an answer that is too long or no JSON is refused', async () => {
  const fetch = (path: string) => fetchJson(`${url}${path}`, { ...anywhere, ...bounds() });
  await expect(fetch('/long')).rejects.toThrow('longer than 1000 bytes');
  await expect(fetch('/words')).rejects.toThrow(SyntaxError);
});

test('a server that starts an answer and stops is given up', async () => {
  const abort = new AbortController();
  hanging = () => abort.abort();
  const fetched = fetchJson(`${url}/never`, { ...anywhere, ...bounds(), signal: abort.signal });
  await expect(fetched).rejects.toThrow();
});

test('outside development no private address is fetched, by any name', async () => {
  asked.length = 0;
  const { port } = new URL(url);
  for (const target of [url, `https://127.0.0.1:${port}`, `https://[::1]:${port}`]) {
    const fetched = fetchJson(`${target}/good`, { ...outside, ...bounds() });
    await expect(fetched).rejects.toThrow('is not allowed');
  }
  const named = fetchJson(`https://localhost:${port}/good`, { ...outside, ...bounds() });
  await expect(named).rejects.toThrow('not public');
  expect(asked).toEqual([]);
});

test.each([
  ['https://login.example', true, true],
  ['https://login.example:8443/realm?x=1', true, true],
  ['http://login.example', false, false],
  ['http://127.0.0.1:3000', true, false],
  ['http://localhost:3000', true, false],
  ['http://[::1]:3000', true, false],
  ['https://10.0.0.1', true, false],
  ['https://0x7f.1', true, false],
  ['https://2130706433', true, false],
  ['https://[::ffff:10.0.0.1]', true, false],
  ['https://user:secret@login.example', false, false],
  ['file:///etc/passwd', false, false],
  ['login.example', false, false],
])('%s: in development %s, else %s', (target, inside, out) => {
  expect([isReachable(target, anywhere), isReachable(target, outside)]).toEqual([inside, out]);
});

test.each([
  ['93.184.216.34', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ['169.254.169.254', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['::ffff:127.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['name.example', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});
