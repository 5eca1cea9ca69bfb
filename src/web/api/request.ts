import { apiAddress } from './address';
import type { Document } from './document';
import { Fault, faultOf } from './fault';

/** The service answers within 20 seconds; a later answer cannot be from the service. */
const answerMaxMs = 30_000;

/** Reads a file of the service. The bearer is in a header, so that no address contains it. */
export function requestFile(path: string, bearer: string): Promise<Response> {
  return fetch(path, {
    headers: { authorization: `Bearer ${bearer}` },
    signal: AbortSignal.timeout(answerMaxMs),
  });
}

/** Sends one request over HTTP; without a bearer, as nobody. Rejects with a Fault. */
export async function request<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
  { bearer, signal }: { bearer?: string; signal?: AbortSignal } = {},
): Promise<Result> {
  const bound = AbortSignal.timeout(answerMaxMs);
  let body: { data?: Result; errors?: Parameters<typeof faultOf>[0] };
  try {
    const response = await fetch(apiAddress(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(bearer && { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ? AbortSignal.any([bound, signal]) : bound,
    });
    body = (await response.json()) as typeof body;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Fault('NO_ANSWER', 'The service did not answer.');
  }
  if (body.errors || !body.data) throw faultOf(body.errors);
  return body.data;
}
