import { addressOf } from '../api/address';
import { isWebAddress, safePath } from './safe-path';
import { readProviders, type Provider } from './sign-in-offers';
import { Fault } from '../api/fault';

const storageKey = 'daypass.sign-in';

/** Kept in the tab while the person is at the provider. */
interface UnderWay {
  account: string;
  issuer: string;
  state: string;
  verifier: string;
  /** The page to show after the sign-in. */
  goTo: string;
}

/** Sends the person to the provider, by the authorization code flow with PKCE (RFC 7636). */
export async function leaveForProvider(
  provider: Provider,
  { account, goTo }: { account: string; goTo: string },
): Promise<void> {
  if (!provider.authorizationEndpoint) throw new Fault('PROVIDER_NOT_REACHED');
  if (!isWebAddress(provider.authorizationEndpoint)) throw new Fault('PROVIDER_NOT_A_PAGE');
  const verifier = randomText();
  const state = randomText();
  const underWay: UnderWay = { account, issuer: provider.issuer, state, verifier, goTo };
  sessionStorage.setItem(storageKey, JSON.stringify(underWay));
  const url = new URL(provider.authorizationEndpoint);
  const asked = {
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: returnAddress(account),
    scope: provider.scope,
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  location.assign(url.href);
}

/** Back from the provider: returns the bearer, and the page to show. */
export async function returnFromProvider(
  account: string,
  answer: URLSearchParams,
): Promise<{ bearer: string; goTo: string }> {
  const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as UnderWay | null;
  sessionStorage.removeItem(storageKey);
  const code = answer.get('code');
  // The state ties the answer to the tab that asked, so a link made by somebody else signs nobody in.
  if (!kept || kept.account !== account || answer.get('state') !== kept.state || !code) {
    throw new Fault('SIGN_IN_NOT_STARTED');
  }
  const providers = await readProviders(account);
  const provider = providers.find(({ issuer }) => issuer === kept.issuer);
  if (!provider?.tokenEndpoint) throw new Fault('PROVIDER_NOT_REACHED');
  const response = await fetch(provider.tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: returnAddress(account),
      client_id: provider.clientId,
      code_verifier: kept.verifier,
    }),
  });
  const tokens = (await response.json()) as Partial<Record<Provider['token'], string>>;
  const token = tokens[provider.token];
  if (!response.ok || !token) throw new Fault('PROVIDER_REFUSED');
  return { bearer: `${provider.bearerPrefix}${token}`, goTo: safePath(kept.goTo) };
}

/** The return address that is registered at the provider. */
function returnAddress(account: string): string {
  return addressOf(`signed-in/${encodeURIComponent(account)}`);
}

function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(digest));
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
