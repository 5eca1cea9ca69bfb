import { callOutside, type OutboundRules } from './outbound';

/**
 * Fetches a JSON document from a server that is not ours, within the limits of `callOutside`. Rejects
 * with an Error that says what was wrong.
 */
export async function fetchJson(
  url: string,
  options: OutboundRules & { signal: AbortSignal; bytesMax: number },
): Promise<unknown> {
  const headers = { accept: 'application/json' };
  const { status, body } = await callOutside(url, {
    ...options,
    method: 'GET',
    headers,
    ifLonger: 'REFUSE',
  });
  if (status !== 200) throw new Error(`it answered with status ${status}`);
  return JSON.parse(body.toString('utf8'));
}
