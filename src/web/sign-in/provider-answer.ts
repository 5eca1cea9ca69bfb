import { Fault } from '../api/fault';

/** A provider that has not answered by then does not answer. */
const answerMaxMs = 30_000;

const notReached = 'PROVIDER_NOT_REACHED';
const refused = 'PROVIDER_REFUSED';

/** Why a provider returns a person without a code (RFC 6749, 4.1.2.1), if the reason is temporary. */
const passing = ['server_error', 'temporarily_unavailable'];

/** The code with which a provider returns a person. Faults: PROVIDER_REFUSED, PROVIDER_NOT_REACHED. */
export function codeOf(answer: URLSearchParams): string {
  const code = answer.get('code');
  if (code) return code;
  throw new Fault(passing.includes(answer.get('error') ?? '') ? notReached : refused);
}

/** One of the provider's tokens for a code. Faults: PROVIDER_REFUSED, PROVIDER_NOT_REACHED. */
export async function exchangeCode(
  { tokenEndpoint, token: name }: { tokenEndpoint: string; token: 'id_token' | 'access_token' },
  form: Record<string, string>,
): Promise<string> {
  let response: Response;
  try {
    response = await fetch(tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code', ...form }),
      signal: AbortSignal.timeout(answerMaxMs),
    });
  } catch {
    throw new Fault(notReached);
  }
  if (response.status >= 500 || response.status === 429) throw new Fault(notReached);
  if (!response.ok) throw new Fault(refused);
  let tokens: Partial<Record<string, string>> | null;
  try {
    tokens = (await response.json()) as typeof tokens;
  } catch {
    // The answer was cut short, or it is the page of a proxy.
    throw new Fault(notReached);
  }
  const token = tokens?.[name];
  if (!token) throw new Fault(refused);
  return token;
}
