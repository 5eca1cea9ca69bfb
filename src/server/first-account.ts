import type { DataSource } from 'typeorm';
import { listAccounts } from '../accounts/account.queries';
import type { Log } from '../core/log';

/**
 * In production no account is created automatically: if no account exists yet, the log explains how to
 * create one.
 */
export async function adviseFirstAccount(source: DataSource, log: Log): Promise<void> {
  const [account] = await listAccounts(source, 1);
  if (account) return;
  log.warn(
    'there are no accounts yet: create the first with "npx daypass account create" (see --help ' +
      'and docs/deploy.md)',
  );
}
