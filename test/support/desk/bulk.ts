import type { DataSource } from 'typeorm';
import { createAccount } from '../../../src/accounts/create-account';
import { createAgents } from '../../../src/agents/create-agents';
import { newId } from '../../../src/core/ids';
import { createLog } from '../../../src/core/log';
import { NotifyHints } from '../../../src/db/hints';
import { connectionBounds } from '../../../src/db/data-source';
import { createWriterPool } from '../../../src/db/writer-pool';
import { AccountLedger } from '../../../src/ledger/account-ledger';
import { LedgerWriter } from '../../../src/ledger/ledger-writer';
import { localDayOf } from '../../../src/time/local-day';
import { grantDayPasses } from '../../../src/wallets/grant-day-passes';
import { hangMs, longBounds } from '../patience';

const hourMs = 3_600_000;
/** The maximum length of a reason, 1.5 kB: an event with many of them fills a slow reader's buffers. */
const longReason = '€'.repeat(500);
/** Two batches: a machine that is busy with other tests still begins each within its bound. */
const atOnce = 512;

/** The reason of a grant so many times: it makes a message of 1.5 times as many kilobytes. */
export function manyReasons(count: number): string {
  return Array.from({ length: count }, (_, index) => `reason${index}: reason`).join(' ');
}

/** A ledger of the test's own, as one more process has it, for more than a test does over HTTP. */
export interface BulkLedger {
  ledger: LedgerWriter;
  /** The instant that stands in for the database's clock; null: none does. */
  fixedNowMs: number | null;
  grant(accountId: string, count: number): Promise<void>;
  /** Sells one pass to each agent, ending at an instant of the test's choice. */
  sell(accountId: string, agentIds: readonly string[], expiresAtMs: number): Promise<void>;
  close(): Promise<void>;
}

export function openBulkLedger(source: DataSource, url: string): BulkLedger {
  const log = createLog({ logLevel: 'silent' });
  const pool = createWriterPool(url, 2, log, connectionBounds(longBounds));
  const hints = new NotifyHints(source, url, log);
  const ledger = new LedgerWriter({
    pool,
    writersMax: 2,
    log,
    waitMaxMs: hangMs,
    announce: (accountId, sequence) => hints.send({ accountId, sequence }),
    fixedNowMs: () => bulk.fixedNowMs,
  });
  const bulk: BulkLedger = {
    ledger,
    fixedNowMs: null,
    async grant(accountId, count) {
      await inParts(Array.from({ length: count }), async () => {
        return grantDayPasses(new AccountLedger(ledger, accountId), {
          actor: null,
          walletId: null,
          quantity: 1,
          reason: longReason,
          expiresAtMs: null,
          key: newId(),
        });
      });
    },
    async sell(accountId, agentIds, expiresAtMs) {
      const [wallet] = await source.query(
        'select id from wallets where account_id = $1 and client_id is null',
        [accountId],
      );
      const rows: { id: string; time_zone: string }[] = await source.query(
        'select id, time_zone from agents where account_id = $1',
        [accountId],
      );
      const zones = new Map(rows.map(({ id, time_zone }) => [id, time_zone]));
      await inParts(agentIds, (agentId) =>
        ledger.submit<'consume'>(accountId, {
          kind: 'consume',
          id: newId(),
          agentId,
          walletId: wallet.id,
          ticketId: null,
          source: 'PORTAL',
          section: 'TICKETS',
          confirmationId: newId(),
          confirmationExpiresAtMs: expiresAtMs,
          timeZone: zones.get(agentId)!,
          localDate: localDayOf(expiresAtMs - 1, zones.get(agentId)!).localDate,
          passExpiresAtMs: expiresAtMs,
          price: null,
          emergency: false,
          notice: 'A day pass will be consumed.',
          locale: 'en',
          noticeDiffers: false,
          sessionKeyId: null,
        }),
      );
    },
    async close() {
      await ledger.drained();
      await pool.end();
    },
  };
  return bulk;
}

/** An account that is no sandbox, with agents and passes, made before any process runs. */
export async function openPlainAccount(
  source: DataSource,
  bulk: BulkLedger,
  options: { agents: number; nowMs: number },
): Promise<{ accountId: string; agentIds: string[] }> {
  const slug = `plain-${newId()}`;
  const createdAt = new Date(options.nowMs - hourMs);
  const accountId = await createAccount(source, {
    slug,
    name: slug,
    plan: 'none',
    currency: 'USD',
    timeZone: 'UTC',
    sandbox: false,
    createdAt,
  });
  const agentIds = await createAgents(
    source,
    accountId,
    Array.from({ length: options.agents }, (_, index) => ({
      name: `Agent ${index}`,
      email: `agent.${index}@${slug}.example`,
      type: 'OCCASIONAL' as const,
      role: 'AGENT' as const,
      status: 'ACTIVE' as const,
      timeZone: 'UTC',
      sections: ['TICKETS'],
      createdAt,
    })),
  );
  bulk.fixedNowMs = options.nowMs;
  await grantDayPasses(new AccountLedger(bulk.ledger, accountId), {
    actor: null,
    walletId: null,
    quantity: options.agents,
    reason: 'For a test',
    expiresAtMs: null,
    key: newId(),
  });
  return { accountId, agentIds };
}

async function inParts<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<{ status: string }>,
): Promise<void> {
  for (let at = 0; at < items.length; at += atOnce) {
    const outcomes = await Promise.all(items.slice(at, at + atOnce).map(run));
    expect(outcomes.filter(({ status }) => status !== 'accepted')).toEqual([]);
  }
}
