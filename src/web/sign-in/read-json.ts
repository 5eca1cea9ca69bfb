import { addressOf } from '../api/address';
import { Fault } from '../api/fault';

/** Reads from an address of the service that is not GraphQL. Rejects with a Fault. */
export async function readJson<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(addressOf(path), init).catch(() => {
    throw new Fault('NO_ANSWER');
  });
  if (response.status === 429) throw new Fault('RATE_LIMITED');
  if (!response.ok) throw new Fault('INTERNAL_SERVER_ERROR');
  try {
    return (await response.json()) as Answer;
  } catch {
    // The answer was cut short, or it is the page of a proxy.
    throw new Fault('NO_ANSWER');
  }
}
