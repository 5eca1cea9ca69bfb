import { addressOf } from '../api/address';
import { codeOf, exchangeCode } from './provider-answer';
import { isWebAddress, safePath } from './safe-path';
import { readProviders, type Provider } from './sign-in-offers';
import { Fault } from '../api/fault';
import { base64url, randomText } from '../session/random-text';

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
  // PKCE needs a digest, which browsers offer only to pages with TLS and to localhost.
  if (!isSecureContext) throw new Fault('PAGE_NOT_SECURE');
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

/** The page to show after the sign-in that is under way. */
export function pageWanted(): string {
  return safePath(underWay()?.goTo ?? null);
}

/**
 * Back from the provider: returns the bearer, and the page to show. Faults: SIGN_IN_NOT_STARTED,
 * PROVIDER_REFUSED, PROVIDER_NOT_REACHED, and those of `readProviders`.
 */
export async function returnFromProvider(
  account: string,
  answer: URLSearchParams,
): Promise<{ bearer: string; goTo: string }> {
  const kept = underWay();
  sessionStorage.removeItem(storageKey);
  // The state ties the answer to the tab that asked, so a link made by somebody else signs nobody in.
  if (!kept || kept.account !== account || answer.get('state') !== kept.state) {
    throw new Fault('SIGN_IN_NOT_STARTED');
  }
  const code = codeOf(answer);
  const providers = await readProviders(account);
  const provider = providers.find(({ issuer }) => issuer === kept.issuer);
  if (!provider?.tokenEndpoint) throw new Fault('PROVIDER_NOT_REACHED');
  const { tokenEndpoint, token } = provider;
  const text = await exchangeCode(
    { tokenEndpoint, token },
    {
      code,
      redirect_uri: returnAddress(account),
      client_id: provider.clientId,
      code_verifier: kept.verifier,
    },
  );
  return { bearer: `${provider.bearerPrefix}${text}`, goTo: safePath(kept.goTo) };
}

function underWay(): UnderWay | null {
  return JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as UnderWay | null;
}

/** The return address that is registered at the provider. */
function returnAddress(account: string): string {
  return addressOf(`signed-in/${encodeURIComponent(account)}`);
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(digest));
}
