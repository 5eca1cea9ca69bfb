import { Agent, request, type IncomingMessage } from 'node:http';

/*
 * Requests whose answers are JSON. The whole suite asks tens of thousands of times, and `fetch` needs
 * three times the CPU.
 */

/** Connections are kept open, as a client would; idle ones do not keep a worker from ending. */
const agent = new Agent({ keepAlive: true });

export interface JsonAnswer {
  status: number;
  body: unknown;
}

export function postJson(url: string, value: unknown, token?: string): Promise<JsonAnswer> {
  const text = JSON.stringify(value);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...bearerOf(token),
  };
  return ask(url, { method: 'POST', headers }, text);
}

export function getJson(
  url: string,
  token: string,
  headers: Record<string, string>,
): Promise<JsonAnswer> {
  return ask(url, { method: 'GET', headers: { ...headers, ...bearerOf(token) } });
}

function bearerOf(token: string | undefined): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
}

async function ask(
  url: string,
  options: { method: string; headers: Record<string, string | number> },
  text?: string,
): Promise<JsonAnswer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url, { ...options, agent }, resolve);
    asked.on('error', reject);
    asked.end(text);
  });
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return {
    status: answer.statusCode!,
    body: JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown,
  };
}
