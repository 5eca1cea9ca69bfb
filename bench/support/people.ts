import { signBearer } from '../../src/access/bearer-token';
import { createAccount } from '../../src/accounts/create-account';
import { createAgents, type NewAgent } from '../../src/agents/create-agents';
import { createLog } from '../../src/core/log';
import { createWriterPool } from '../../src/db/writer-pool';
import { AccountLedger } from '../../src/ledger/account-ledger';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import { grantDayPasses } from '../../src/wallets/grant-day-passes';
import type { BenchDatabase } from './database';

const bearerLifetimeMs = 3_600_000;
/** How long ago accounts were made and their wallets filled: a past has room after that. */
const ageMs = 30 * 86_400_000;
/** As many accounts as are made at the same time. */
const accountsAtOnce = 8;

export interface Person {
  accountId: string;
  id: string;
  bearer: string;
}

export interface BenchAccount {
  accountId: string;
  /** A full-time admin: in without a pass. */
  admin: Person;
  /** Occasional agents without a pass. */
  agents: Person[];
  /** Theirs. */
  timeZone: string;
}

export interface AccountPlan {
  slug: string;
  agents: number;
  /** Of the occasional agents; their passes end at its midnight. */
  timeZone?: string;
  plan?: string;
}

/** An account with a full wallet and its people, created by the product's own functions. */
export async function openAccount(
  database: BenchDatabase,
  { slug, agents, timeZone = 'America/Santiago', plan = 'pro' }: AccountPlan,
): Promise<BenchAccount> {
  const { source } = database;
  const createdAt = new Date(Date.now() - ageMs);
  const common = { currency: 'USD', timeZone: 'UTC', sandbox: false, createdAt };
  const accountId = await createAccount(source, { slug, name: slug, plan, ...common });
  const emails = Array.from({ length: agents }, (_, at) => `agent.${at}@${slug}.example`);
  const people = emails.map((email): NewAgent => ({ ...agentOf(email, createdAt), timeZone }));
  const adminEmail = `admin@${slug}.example`;
  people.push({ ...agentOf(adminEmail, createdAt), type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' });
  const ids = await createAgents(source, accountId, people);
  await fillWallet(database, accountId, createdAt.getTime());
  const signed = await Promise.all(
    ids.map(async (id, at) => ({
      accountId,
      id,
      bearer: await signBearer(
        { accountId, agentId: id, email: people[at]!.email },
        { key: database.bearerKey, nowMs: Date.now(), lifetimeMs: bearerLifetimeMs },
      ),
    })),
  );
  return { accountId, admin: signed.pop()!, agents: signed, timeZone };
}

/** Many accounts of one size, named after `plan.slug`. */
export async function openAccounts(
  database: BenchDatabase,
  count: number,
  plan: AccountPlan,
): Promise<BenchAccount[]> {
  const accounts: BenchAccount[] = [];
  for (let at = 0; at < count; at += accountsAtOnce) {
    const some = Array.from({ length: Math.min(accountsAtOnce, count - at) }, (_, of) =>
      openAccount(database, { ...plan, slug: `${plan.slug}-${at + of}` }),
    );
    accounts.push(...(await Promise.all(some)));
  }
  return accounts;
}

function agentOf(email: string, createdAt: Date): NewAgent {
  return {
    name: email,
    email,
    type: 'OCCASIONAL',
    status: 'ACTIVE',
    role: 'AGENT',
    timeZone: 'UTC',
    sections: ['TICKETS'],
    createdAt,
  };
}

async function fillWallet({ url }: BenchDatabase, accountId: string, atMs: number): Promise<void> {
  const log = createLog({ logLevel: 'warn' });
  const pool = createWriterPool(url, 1, log);
  const ledger = new LedgerWriter({
    pool,
    writersMax: 1,
    log,
    announce: () => {},
    fixedNowMs: () => atMs,
  });
  const outcome = await grantDayPasses(new AccountLedger(ledger, accountId), {
    actor: null,
    walletId: null,
    quantity: 1_000_000,
    reason: 'A wallet to measure with',
    expiresAtMs: null,
    key: 'bench',
  });
  await pool.end();
  if (outcome.status !== 'accepted') throw new Error(`The grant was ${outcome.status}.`);
}
