import { verifyAudit } from '../../src/db/verify-audit';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import type { BenchDatabase } from './database';
import { note } from './site';

/** What `daypass verify` does: a fast answer that loses a pass would be no answer. */
export async function assertVerified(
  { source }: BenchDatabase,
  /** Accounts that another program has written. */
  except: readonly string[] = [],
): Promise<void> {
  const accounts: { id: string; slug: string }[] = await source.query(
    'select id, slug from accounts where slug <> all($1::text[]) order by slug',
    [except],
  );
  let entries = 0;
  for (const { id, slug } of accounts) {
    const books = await verifyBooks(source, id);
    const audit = await verifyAudit(source, id);
    const drift = books.drift ?? audit.drift;
    if (drift) throw new Error(`${slug} does not verify: ${JSON.stringify(drift)}`);
    entries += books.entries;
  }
  note(`verified: ${entries} entries of ${accounts.length} accounts`);
}
