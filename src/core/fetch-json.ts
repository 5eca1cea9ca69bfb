import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isLoopbackHost, isPublicAddress } from './public-address';

/** Where a document may come from. */
export interface FetchRules {
  /** Whether the server may be at a private address, and on loopback without TLS. */
  privateAddresses: boolean;
}

/** Whether a document may be asked for at that URL, as far as the URL tells. */
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
 * Asks a server that is not ours for a JSON document. Redirects are not followed; the answer is
 * bounded in size, and in time by `signal`. The address is checked where the connection is made, so
 * that a name cannot turn out to be another address than the one that was judged. Rejects with an
 * Error that says what was wrong.
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
      // A connection of its own: none is kept to a server that we hardly ever ask.
      agent: false,
      headers: { accept: 'application/json', 'user-agent': 'daypass' },
      lookup: privateAddresses ? undefined : (lookupPublic as typeof resolve),
    });
    // A second error of one failure is nobody's, and must find a listener too.
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

/** As `dns.lookup`, for names all of whose addresses are public. */
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
