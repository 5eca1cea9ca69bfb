import { AccountRow } from '../db/tables/account';
import { demoAccounts } from './demo-accounts';
import type { SeedTarget } from './seed-target';

/**
 * Creates the demo MSPs if there is no account yet, and continues if a process was killed while it
 * did so. Returns whether there was anything to do. Runs under the set-up lock, so only one process
 * does it.
 */
export async function seedDemo(target: SeedTarget): Promise<boolean> {
  const { source } = target;
  const slugs = demoAccounts.map(({ slug }) => slug);
  const there = await source
    .getRepository(AccountRow)
    .find({ select: { slug: true, seeding: true } });
  const isUnfinished = there.some(({ slug, seeding }) => seeding && slugs.includes(slug));
  if (there.length > 0 && !isUnfinished) return false;
  // Loaded only here: most starts find accounts.
  return (await import('./make-demo')).makeDemo(target);
}
