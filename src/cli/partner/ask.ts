import { readConfig } from '../../core/config';

/** Where the service is, and the key with which a partner asks it. */
export interface Partner {
  url: string;
  key: string;
}

/** The options that every verb for partners has, with the key from the environment if it is not given. */
export function partnerOf({ url, key }: { url: string; key?: string }): Partner {
  const known = key ?? readConfig().partnerKey;
  if (!known) throw new Error('Set DAYPASS_KEY to a service key, or give --key.');
  if (!URL.canParse(url)) throw new Error('--url must be the address of the service.');
  return { url: url.replace(/\/+$/, ''), key: known };
}

/** Sends one query or mutation. Throws an Error with what the service refused. */
export async function ask<Data>(
  { url, key }: Partner,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(askMaxMs),
  });
  const answer = (await response.json()) as Answer<Data>;
  const refused = refusalOf(answer);
  if (refused) throw new Error(refused);
  return answer.data!;
}

/** A test waits for the receiver for 10 s. */
const askMaxMs = 30_000;

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string }[];
}

/** The first message of the faults, or of the userErrors of a payload; null if it was accepted. */
function refusalOf({ data, errors = [] }: Answer<unknown>): string | null {
  if (errors[0]) return errors[0].message;
  for (const payload of Object.values(data ?? {})) {
    const { userErrors = [] } = (payload ?? {}) as { userErrors?: { message: string }[] };
    if (userErrors[0]) return userErrors[0].message;
  }
  return null;
}
