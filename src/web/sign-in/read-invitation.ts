import { readJson } from './read-json';

/** An invitation, as its link names it. */
export interface Invitation {
  name: string;
  email: string;
  /** The name of the service desk, and its short name. */
  desk: string;
  account: string;
  /** Whether the account is active already. */
  isUsed: boolean;
}

/** Whom a link invites, and to which service desk; null if it is not valid. */
export async function readInvitation(
  token: string,
  signal: AbortSignal,
): Promise<Invitation | null> {
  const { invitation } = await readJson<{ invitation: Invitation | null }>('activate', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    signal,
  });
  return invitation;
}
