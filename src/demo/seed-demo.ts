import type { DataSource } from 'typeorm';
import { createAccount } from '../accounts/create-account';
import { createAgents, type NewAgent } from '../agents/create-agents';
import type { Log } from '../core/log';
import { AccountRow } from '../db/tables/account';
import { createWriterPool } from '../db/writer-pool';
import { LedgerWriter } from '../ledger/account-writer';
import { grantDayPasses } from '../wallets/grant-day-passes';
import { demoAccounts } from './demo-accounts';

/** Makes the demo MSPs, through the ledger, where there is no account yet. */
export async function seedDemo(source: DataSource, url: string, log: Log): Promise<void> {
  if (await source.getRepository(AccountRow).exists()) return;
  const pool = createWriterPool(url, 2, log);
  const ledger = new LedgerWriter({ pool, writersMax: 2, log, announce: () => {} });
  try {
    for (const { agents, ...account } of demoAccounts) {
      const createdAt = new Date();
      const accountId = await createAccount(source, { ...account, createdAt });
      await createAgents(
        source,
        accountId,
        agents.map((agent): NewAgent => ({ ...agent, status: 'ACTIVE', createdAt })),
      );
      await grantDayPasses(ledger, {
        accountId,
        actor: null,
        walletId: null,
        quantity: 100,
        reason: 'Passes to try Daypass with',
        expiresAtMs: null,
        key: 'demo',
      });
    }
  } finally {
    await pool.end();
  }
}
