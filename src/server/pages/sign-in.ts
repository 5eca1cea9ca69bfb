import type { FastifyInstance } from 'fastify';
import type { FailureLimit } from '../../api/failure-limit';
import type { OfferedProvider, ProviderSignIn } from '../../access/provider-sign-in';
import type { Callers } from '../doors/callers';
import { HttpRefusal } from '../doors/http-policy';

/**
 * `/sign-in/<account>`: what a page needs to send people to the account's identity providers, by
 * the authorization code flow with PKCE. An account without a provider gets the same answer as one
 * that does not exist.
 */
export function addSignInRoute(
  app: FastifyInstance,
  signIn: ProviderSignIn,
  { callers, failures }: { callers: Callers; failures: FailureLimit },
): void {
  app.get<{ Params: { account: string } }>('/sign-in/:account', async (request, reply) => {
    const { account } = request.params;
    const { ip } = callers.of(request.raw, 'http');
    const providers = await signIn.offered(account, failures.isOver(ip, null));
    // A name that does not exist names no account.
    const retryAfterMs = providers.length === 0 ? failures.note(ip, null) : 0;
    if (retryAfterMs > 0) throw tooMany(retryAfterMs);
    // How long a provider that was just disabled may still be offered.
    reply.header('cache-control', 'public, max-age=60');
    return { providers: providers.map((provider) => toOffer(provider, account)) };
  });
}

/** Existing names are answered even then. */
function tooMany(retryAfterMs: number): HttpRefusal {
  const retryAfter = String(Math.ceil(retryAfterMs / 1_000));
  const message =
    'Too many wrong account names came from this address. Wait a moment, then try again.';
  return new HttpRefusal(429, 'RATE_LIMITED', message, { 'retry-after': retryAfter });
}

function toOffer(provider: OfferedProvider, account: string) {
  const { name, issuer, clientId, audiences, scopes, documents } = provider;
  return {
    name,
    issuer,
    clientId,
    authorizationEndpoint: documents?.authorizationEndpoint ?? null,
    tokenEndpoint: documents?.tokenEndpoint ?? null,
    responseType: 'code',
    codeChallengeMethod: 'S256',
    scope: scopes.join(' '),
    // An ID token is for the client itself; a token for another audience is the access token.
    token: clientId !== null && audiences.includes(clientId) ? 'id_token' : 'access_token',
    // The prefix of the token in `Authorization: Bearer …`.
    bearerPrefix: `${account}~`,
  };
}
