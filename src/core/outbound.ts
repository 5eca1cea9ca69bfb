import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isLoopbackHost, isPublicAddress } from './public-address';

/** Limits for the address of a server that is not ours. */
export interface OutboundRules {
  /** Whether the server may have a private address, or a loopback address without TLS. */
  privateAddresses: boolean;
  /** Whether every address is possible without TLS; it has an effect for private addresses only. */
  plainHttp?: boolean;
}

export interface OutboundRequest extends OutboundRules {
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: string;
  signal: AbortSignal;
  /** Of the answer. */
  bytesMax: number;
  /** A longer answer is an error, or only its beginning is read. */
  ifLonger: 'REFUSE' | 'CUT';
  /** For several requests to one URL, one after the other; left out: a connection of its own. */
  connection?: http.Agent;
}

export interface OutboundAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** Whether a server may be asked at that URL, as far as the URL alone shows. */
export function isReachable(url: string, { privateAddresses, plainHttp }: OutboundRules): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || parsed.username || parsed.password || parsed.hash) return false;
  const { protocol, hostname } = parsed;
  const mayBePlain = privateAddresses && (plainHttp === true || isLoopbackHost(hostname));
  if (protocol !== 'https:' && !(protocol === 'http:' && mayBePlain)) return false;
  if (privateAddresses) return true;
  const literal = hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) === 0 || isPublicAddress(literal);
}

/**
 * A connection for several requests to one URL under one set of rules: its address is checked when it is
 * made. The caller destroys it.
 */
export function keepConnection(url: string): http.Agent {
  const { Agent } = url.startsWith('https:') ? https : http;
  return new Agent({ keepAlive: true, maxSockets: 1 });
}

/**
 * Sends one request to a server that is not ours, on a connection of its own if the caller keeps none.
 * Redirects are not followed; the answer is limited in size, and in time by `signal`. The address is
 * checked when the connection is made, so that a name cannot lead to another address than the one that
 * was checked. Rejects with an Error that says what was wrong.
 */
export async function callOutside(url: string, request: OutboundRequest): Promise<OutboundAnswer> {
  if (!isReachable(url, request)) throw new Error(`${url} is not allowed`);
  try {
    return await send(url, request);
  } catch (error) {
    if (!(error instanceof ClosedMeanwhile)) throw error;
    return send(url, request);
  }
}

/** The server closed a kept connection before it had the request: no fault of either. */
class ClosedMeanwhile extends Error {}

function send(url: string, request: OutboundRequest): Promise<OutboundAnswer> {
  const { method, headers, body, signal, privateAddresses, connection } = request;
  return new Promise((done, fail) => {
    const { request: open } = url.startsWith('https:') ? https : http;
    const asked = open(url, {
      method,
      signal,
      agent: connection ?? false,
      headers: { ...headers, 'user-agent': 'daypass' },
      lookup: privateAddresses ? undefined : (lookupPublic as typeof resolve),
    });
    // One failure may emit a second error, and it must find a listener too. Once there is a
    // response, its reader reports what fails.
    let report = (error: NodeJS.ErrnoException) => {
      const wasClosed = asked.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '');
      fail(wasClosed && !signal.aborted ? new ClosedMeanwhile(error.message) : error);
    };
    asked.on('error', (error) => report(error));
    asked.once('response', (response) => {
      report = () => {};
      response.on('error', report);
      readBody(response, request)
        .then((read) => {
          done({ status: response.statusCode!, headers: response.headers, body: read });
        }, fail)
        .finally(() => {
          // After a whole answer the connection can serve the next request.
          if (!connection || !response.complete) asked.destroy();
        });
    });
    asked.end(body);
  });
}

async function readBody(
  response: http.IncomingMessage,
  { bytesMax, ifLonger }: OutboundRequest,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      chunks.push(chunk);
      // Leaving the loop destroys the response.
      if (bytes > bytesMax) break;
    }
  } catch (error) {
    // The status has arrived, and only the beginning of the answer is wanted.
    if (ifLonger === 'REFUSE') throw error;
  }
  if (bytes > bytesMax && ifLonger === 'REFUSE') {
    throw new Error(`its answer is longer than ${bytesMax} bytes`);
  }
  return Buffer.concat(chunks).subarray(0, bytesMax);
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
