import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { sendWebhook, type WebhookMessage } from '../../src/deliveries/send-webhook';
import { webhookSecret } from '../../src/deliveries/webhook-secret';

const key = Buffer.alloc(32, 7);
const named = { accountId: 'a', endpointId: 'e' };
const secret = webhookSecret(key, { ...named, version: 1 });
const newer = webhookSecret(key, { ...named, version: 2 });
const anywhere = { privateAddresses: true, plainHttp: true };

let server: http.Server;
let url: string;
let last: { headers: http.IncomingHttpHeaders; body: string };
let asked = 0;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked += 1;
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      last = { headers: request.headers, body };
      if (request.url === '/endless') return void pour(response);
      if (request.url === '/hang') return;
      if (request.url === '/moved') return response.writeHead(308, { location: '/' }).end();
      if (request.url === '/busy') return response.writeHead(503, { 'retry-after': '60' }).end('');
      if (request.url === '/cut') {
        return response.writeHead(200).write('thanks', () => response.destroy());
      }
      response.end('thanks\0');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** An answer that ends only with its reader. */
function pour(response: http.ServerResponse): void {
  response.writeHead(200);
  const write = () => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
  };
  response.on('drain', write);
  write();
}

const send = (
  changes: Partial<WebhookMessage> = {},
  options: Partial<Parameters<typeof sendWebhook>[1]> = {},
) =>
  sendWebhook(
    { url, id: 'evt_1', body: '{"type":"x"}', secrets: [secret], isReplay: false, ...changes },
    { rules: anywhere, nowMs: () => Date.now(), ...options },
  );

test('the reference library of Standard Webhooks verifies the signature', async () => {
  expect(secret).toMatch(/^whsec_/);
  expect(await send()).toMatchObject({ status: 200, error: null, answer: 'thanks\ufffd' });
  const headers = last.headers as Record<string, string>;
  expect(new Webhook(secret).verify(last.body, headers)).toEqual({ type: 'x' });
  expect(() => new Webhook(newer).verify(last.body, headers)).toThrow();
  expect(headers).toMatchObject({ 'webhook-id': 'evt_1' });
  expect(headers['webhook-replay']).toBeUndefined();
});

test('during a rotation both secrets verify, and a replay is marked', async () => {
  await send({ secrets: [newer, secret], isReplay: true });
  const headers = last.headers as Record<string, string>;
  for (const one of [secret, newer]) new Webhook(one).verify(last.body, headers);
  expect(headers['webhook-replay']).toBe('true');
});

test('an answer without end is read to its first 500 bytes', async () => {
  const { status, answer } = await send({ url: `${url}/endless` });
  expect([status, answer]).toEqual([200, 'x'.repeat(500)]);
});

test.each([
  ['/moved', { status: 308, error: null }],
  ['/busy', { status: 503, retryAfterMs: 60_000, answer: null }],
  ['/cut', { status: 200 }],
])('%s is the answer itself', async (at, expected) => {
  expect(await send({ url: url + at })).toMatchObject(expected);
});

test('a receiver that hangs is given up', async () => {
  const hung = await send({ url: `${url}/hang` }, { timeoutMs: 50 });
  expect(hung).toMatchObject({ status: null, error: 'no answer within 0.05 seconds' });
});

test('outside closed networks nothing reaches a private address, by any name', async () => {
  asked = 0;
  const { port } = new URL(url);
  const rules = { privateAddresses: false };
  for (const at of [url, `https://127.0.0.1:${port}`, `https://[::ffff:127.0.0.1]:${port}`]) {
    expect(await send({ url: at }, { rules })).toMatchObject({ status: null });
  }
  const resolved = await send({ url: `https://localhost:${port}` }, { rules });
  expect(resolved.error).toContain('has an address that is not public');
  expect(asked).toBe(0);
});

test('a certificate that nobody trusts is refused', async () => {
  const fixture = (name: string) => readFileSync(path.join(__dirname, 'fixtures', name));
  const privateKey = fixture('untrusted-key.pem');
  const cert = fixture('untrusted-certificate.pem');
  const secure = https.createServer({ key: privateKey, cert }, (_, response) => response.end());
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  const { port } = secure.address() as AddressInfo;
  const refused = await send({ url: `https://localhost:${port}` });
  expect(refused).toMatchObject({ status: null, error: expect.stringMatching(/certificate/) });
  secure.closeAllConnections();
  secure.close();
});
