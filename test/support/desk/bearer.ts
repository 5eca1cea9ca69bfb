import { signBearer } from '../../../src/access/bearer-token';
import { createAccount } from '../../../src/accounts/create-account';
import { findAccountBySlug } from '../../../src/accounts/account.queries';
import { loadSecrets } from '../../../src/db/secrets';
import { openTestSource } from './database';

const hourMs = 3_600_000;

/** Accounts without anybody in them, for a service whose demo is not made: that takes seconds. */
export async function addAccounts(databaseUrl: string, slugs: readonly string[]): Promise<void> {
  const source = await openTestSource(databaseUrl);
  for (const slug of slugs) {
    await createAccount(source, {
      slug,
      name: slug,
      plan: 'pro',
      currency: 'USD',
      timeZone: 'UTC',
      sandbox: false,
      createdAt: new Date(),
    });
  }
  await source.destroy();
}

/** A contact's bearer token for an account, as `daypass token` signs it. */
export async function contactBearer(
  databaseUrl: string,
  options: { slug?: string; key?: Uint8Array; nowMs?: number } = {},
): Promise<string> {
  const source = await openTestSource(databaseUrl);
  try {
    const account = await findAccountBySlug(source, options.slug ?? 'sandbox');
    if (!account) throw new Error('There is no such account, and no demo.');
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
