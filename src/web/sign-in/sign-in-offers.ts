import { readJson } from './read-json';

/** The ways to sign in that the service offers; it writes them into the page. */
export type Offer =
  /** Choose a demo user, in a development. */
  | 'people'
  /** A bearer of the service's own issuer, as an operator creates it. */
  | 'bearer';

/** The offers besides an account's identity providers. */
export function offersOfPage(): readonly Offer[] {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="daypass-sign-in"]');
  return (meta?.content ?? '').split(' ').filter(Boolean) as Offer[];
}

/** An account whose people can be chosen, in a development. */
export interface DemoAccount {
  slug: string;
  name: string;
  sandbox: boolean;
  people: readonly DemoPerson[];
}

export interface DemoPerson {
  name: string;
  email: string;
  /** The person's role: 'account admin', 'occasional agent' … */
  role: string;
}

export async function readDemoAccounts(signal: AbortSignal): Promise<DemoAccount[]> {
  const { accounts } = await readJson<{ accounts: DemoAccount[] }>('dev/people', { signal });
  return accounts;
}

/** A bearer of one of them. */
export async function becomeDemoPerson(account: string, email: string): Promise<string> {
  const { bearer } = await readJson<{ bearer: string }>('dev/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, email }),
  });
  return bearer;
}

/** An identity provider of an account, as `/sign-in/<account>` offers it. */
export interface Provider {
  name: string;
  issuer: string;
  clientId: string;
  /** Null while the provider cannot be reached. */
  authorizationEndpoint: string | null;
  tokenEndpoint: string | null;
  scope: string;
  /** Which of the provider's tokens is the bearer. */
  token: 'id_token' | 'access_token';
  bearerPrefix: string;
}

export async function readProviders(account: string): Promise<Provider[]> {
  const path = `sign-in/${encodeURIComponent(account)}`;
  return (await readJson<{ providers: Provider[] }>(path)).providers;
}
