import { signBearer } from '../../../src/access/bearer-token';
import { findAccountBySlug } from '../../../src/accounts/account.queries';
import { loadSecrets } from '../../../src/db/secrets';
import { openTestSource } from './database';

const hourMs = 3_600_000;

/** A contact's bearer token for an account of the demo, as `daypass token` signs it. */
export async function contactBearer(
  databaseUrl: string,
  options: { slug?: string; key?: Uint8Array; nowMs?: number } = {},
): Promise<string> {
  const source = await openTestSource(databaseUrl);
  try {
    const account = await findAccountBySlug(source, options.slug ?? 'sandbox');
    if (!account) throw new Error('The demo is not seeded: DAYPASS_DEMO.');
    const { localIssuer } = await loadSecrets(source);
    return await signBearer(
      { accountId: account.id, agentId: null, email: 'visitor@sandbox.example' },
      {
        key: options.key ?? localIssuer,
        nowMs: options.nowMs ?? Date.now(),
        lifetimeMs: hourMs,
      },
    );
  } finally {
    await source.destroy();
  }
}
