import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isLoopbackHost, isPublicAddress } from './public-address';

/** Limits for the address of a document. */
export interface FetchRules {
  /** Whether the server may have a private address, or a loopback address without TLS. */
  privateAddresses: boolean;
}

/** Whether a document may be fetched from that URL, as far as the URL alone shows. */
export function isFetchable(url: string, { privateAddresses }: FetchRules): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || parsed.username || parsed.password || parsed.hash) return false;
  const { protocol, hostname } = parsed;
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopbackHost(hostname))) return false;
  if (privateAddresses) return true;
  const literal = hostname.replace(/^\[|\]$/g, '');
  return protocol === 'https:' && (isIP(literal) === 0 || isPublicAddress(literal));
}

/**
 * Fetches a JSON document from a server that is not ours. Redirects are not followed; the answer is
 * limited in size, and in time by `signal`. The address is checked when the connection is made, so
 * that a name cannot lead to another address than the one that was checked. Rejects with an Error
 * that says what was wrong.
 */
export function fetchJson(
  url: string,
  options: FetchRules & { signal: AbortSignal; bytesMax: number },
): Promise<unknown> {
  if (!isFetchable(url, options)) return Promise.reject(new Error(`${url} is not allowed`));
  const { privateAddresses, signal, bytesMax } = options;
  return new Promise((done, fail) => {
    const { request } = url.startsWith('https:') ? https : http;
    const asked = request(url, {
      signal,
      // A connection of its own: keeping one open to a server that we rarely ask is useless.
      agent: false,
      headers: { accept: 'application/json', 'user-agent': 'daypass' },
      lookup: privateAddresses ? undefined : (lookupPublic as typeof resolve),
    });
    // One failure may emit a second error. It must find a listener too.
    asked.on('error', fail);
    asked.once('response', (response) => {
      response.on('error', fail);
      readJson(response, bytesMax).then(done, fail);
      response.once('close', () => asked.destroy());
    });
    asked.end();
  });
}

async function readJson(response: http.IncomingMessage, bytesMax: number): Promise<unknown> {
  if (response.statusCode !== 200) {
    response.resume();
    response.destroy();
    throw new Error(`it answered with status ${response.statusCode}`);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the response.
    if (bytes > bytesMax) throw new Error(`its answer is longer than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** As `dns.lookup`, for names whose addresses are all public. */
function lookupPublic(
  hostname: string,
  options: LookupOptions,
  callback: (error: Error | null, address?: string | LookupAddress[], family?: number) => void,
): void {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new Error(`${hostname} has an address that is not public`));
    }
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
}
