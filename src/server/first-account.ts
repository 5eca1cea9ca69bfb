import type { DataSource } from 'typeorm';
import { listAccounts } from '../accounts/account.queries';
import type { Log } from '../core/log';

/** In production nothing makes an account by itself: where there is none yet, the log says how. */
export async function adviseFirstAccount(source: DataSource, log: Log): Promise<void> {
  const [account] = await listAccounts(source, 1);
  if (account) return;
  log.warn(
    'there are no accounts yet: create the first with "npx daypass account create" (see --help ' +
      'and docs/deploy.md)',
  );
}
