import { fork, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import { root } from '../sources';

export const clientId = 'desk-portal';
const redirectUri = 'https://portal.example/signed-in';

/** A key pair of a provider: what it signs with, and what it publishes. */
export interface ProviderKey {
  kid: string;
  privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
  jwk: JWK;
  /** The public key as a text, as it could be mistaken for a shared secret. */
  publicPem: string;
}

export async function newProviderKey(kid: string): Promise<ProviderKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
  return { kid, privateKey, jwk, publicPem: await exportSPKI(publicKey) };
}

/** A real OpenID provider on loopback, and people who sign in at it. */
export class TestIdentityProvider {
  private orders = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly key: ProviderKey,
    readonly issuer: string,
  ) {}

  static async start(): Promise<TestIdentityProvider> {
    const program = path.join(root, 'test/support/desk/identity-provider.program.mjs');
    const child = fork(program, { silent: true, execArgv: [] });
    const key = await newProviderKey(`first-${randomBytes(4).toString('hex')}`);
    const provider = new TestIdentityProvider(child, key, '');
    const port = await provider.tell({ do: 'listen', keys: [key.jwk] });
    return new TestIdentityProvider(child, key, `http://127.0.0.1:${String(port)}`);
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  /** From now on it signs with these, and publishes no others. */
  async rotate(...keys: ProviderKey[]): Promise<void> {
    await this.tell({ do: 'keys', keys: keys.map(({ jwk }) => jwk) });
  }

  async goAway(): Promise<void> {
    await this.tell({ do: 'away' });
  }

  async comeBack(): Promise<void> {
    await this.tell({ do: 'listen' });
  }

  /** How often its keys were asked for. */
  async keyHits(): Promise<number> {
    const hits = (await this.tell({ do: 'hits' })) as Record<string, number>;
    return hits['/jwks'] ?? 0;
  }

  /** Registers one more page of the client, to which people may be sent back. */
  async addPage(redirectUri: string): Promise<void> {
    await this.tell({ do: 'page', redirectUri });
  }

  async addPerson(subject: string, claims: Record<string, unknown>): Promise<void> {
    await this.tell({ do: 'person', subject, claims });
  }

  /**
   * Signs a person in as a page does, by the authorization code flow with PKCE: at the endpoints of
   * `/sign-in/<account>`, with cookies, redirect by redirect.
   */
  async signIn(
    subject: string,
    offer: { authorizationEndpoint: string; tokenEndpoint: string; clientId: string },
    resource?: string,
  ): Promise<{ id_token: string; access_token: string }> {
    const verifier = randomBytes(32).toString('base64url');
    const asked = new URL(offer.authorizationEndpoint);
    const parameters = {
      client_id: offer.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid email',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      login_hint: subject,
      ...(resource ? { resource } : {}),
    };
    for (const [name, value] of Object.entries(parameters)) asked.searchParams.set(name, value);
    const code = await followToCode(String(asked));
    const response = await fetch(offer.tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: offer.clientId,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        code,
        ...(resource ? { resource } : {}),
      }),
    });
    const answer = (await response.json()) as { id_token: string; access_token: string };
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  }

  /** A token that the provider itself would not give, signed with its key unless with another. */
  forge(
    claims: JWTPayload,
    options: { header?: Record<string, unknown>; key?: ProviderKey } = {},
  ): Promise<string> {
    const key = options.key ?? this.key;
    const nowS = Math.floor(Date.now() / 1000);
    const usual = { iss: this.issuer, aud: clientId, iat: nowS, exp: nowS + 3600 };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, ...options.header })
      .sign(key.privateKey);
  }

  private async tell(order: Record<string, unknown>): Promise<unknown> {
    const id = (this.orders += 1);
    return new Promise((resolve, reject) => {
      const onMessage = (message: { id: number; answer: unknown }) => {
        if (message.id !== id) return;
        this.child.off('message', onMessage);
        this.child.off('exit', onExit);
        resolve(message.answer);
      };
      const onExit = () => reject(new Error('The identity provider ended.'));
      this.child.on('message', onMessage);
      this.child.once('exit', onExit);
      this.child.send({ id, order });
    });
  }
}

/** Follows the redirects, with the cookies they set, to the code that comes back to the page. */
async function followToCode(start: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  const redirectsMax = 10;
  for (let redirects = 0; redirects < redirectsMax; redirects += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    url = String(new URL(location, url));
    if (url.startsWith(redirectUri)) {
      const code = new URL(url).searchParams.get('code');
      if (!code) throw new Error(`No code came: ${url}`);
      return code;
    }
  }
  throw new Error('It redirects in circles.');
}
