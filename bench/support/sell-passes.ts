import { randomUUID } from 'node:crypto';
import { createLog } from '../../src/core/log';
import { NotifyHints } from '../../src/db/hints';
import { createWriterPool } from '../../src/db/writer-pool';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import { consumeCommand } from './consume-command';
import type { BenchDatabase } from './database';
import { openAccount, type BenchAccount } from './people';
import type { Site } from './site';

/** As many commands as one account's queue accepts. */
const partSize = 2_000;
/** How long before their end the passes are used. */
const lengthMs = 3_600_000;
/** How much longer a pass may take than one of the rehearsal. */
const slack = 1.6;

/**
 * Uses one pass for each agent through a separate ledger, as another process would, at an instant
 * an hour before their common end. That end is at least `marginMs` after this work: a rehearsal in
 * another account shows how long it will take. Returns the end.
 */
export async function sellPasses(
  site: Site,
  database: BenchDatabase,
  sale: { account: BenchAccount; marginMs: number },
): Promise<number> {
  const { account, marginMs } = sale;
  const slug = `rehearsal-${randomUUID().slice(0, 8)}`;
  const agents = Math.min(partSize, account.agents.length);
  const other = await openAccount(database, { slug, agents, timeZone: 'UTC', plan: 'none' });
  const startedAt = performance.now();
  await sell(site, database, { account: other, expiresAtMs: Date.now() + 20 * lengthMs });
  const perPassMs = (performance.now() - startedAt) / agents;
  const expiresAtMs = Date.now() + account.agents.length * perPassMs * slack + marginMs;
  await sell(site, database, { account, expiresAtMs: Math.round(expiresAtMs) });
  return Math.round(expiresAtMs);
}

async function sell(
  site: Site,
  { url, source }: BenchDatabase,
  { account, expiresAtMs }: { account: BenchAccount; expiresAtMs: number },
): Promise<void> {
  const { accountId, agents } = account;
  const [wallet]: { id: string }[] = await source.query(
    'select id from wallets where account_id = $1 and client_id is null',
    [accountId],
  );
  const log = createLog({ logLevel: 'warn' });
  const pool = site.hold(createWriterPool(url, 1, log), (opened) => opened.end());
  const hints = new NotifyHints(source, url, log);
  const ledger = new LedgerWriter({
    pool,
    writersMax: 1,
    log,
    announce: (id, sequence) => hints.send({ accountId: id, sequence }),
    fixedNowMs: () => expiresAtMs - lengthMs,
  });
  for (let at = 0; at < agents.length; at += partSize) {
    const outcomes = await Promise.all(
      agents.slice(at, at + partSize).map(({ id: agentId }) =>
        ledger.submit<'consume'>(
          accountId,
          consumeCommand({
            agentId,
            walletId: wallet!.id,
            timeZone: 'UTC',
            localDate: new Date(expiresAtMs - 1).toISOString().slice(0, 10),
            endsAtMs: expiresAtMs,
          }),
        ),
      ),
    );
    const refused = outcomes.find(({ status }) => status !== 'accepted');
    if (refused) throw new Error(`A pass was not sold: ${JSON.stringify(refused)}`);
  }
}
