import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createAccount } from '../../src/accounts/create-account';
import { createLog } from '../../src/core/log';
import { connectionBounds } from '../../src/db/data-source';
import { createWriterPool } from '../../src/db/writer-pool';
import { endDue } from '../../src/ledger/books/end-due';
import { commandModules } from '../../src/ledger/commands';
import { refused } from '../../src/ledger/model/outcome';
import { unchanged } from '../../src/ledger/model/decision';
import { AccountWriter } from '../../src/ledger/writer/account-writer';
import { differing } from '../../src/ledger/writer/act';
import type { AnyCommand, CommandModule } from '../../src/ledger/writer/command-module';
import { kernelOf } from '../../src/ledger/writer/kernel';
import { Posting } from '../../src/ledger/writer/posting';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { longBounds } from '../support/patience';

/*
 * What a new kind of command costs: one module, like this one, and its line in `ledger/commands.ts`.
 * A new act for the audit trail also needs its name in `db/audit-actions.ts`. The writer loads, decides,
 * writes, announces and audits it without knowing it.
 */

interface RenameWallet extends AnyCommand {
  kind: 'rename-wallet';
  walletId: string;
  name: string;
}

const renameWallet: CommandModule<RenameWallet, { name: string }> = {
  kind: 'rename-wallet',
  needs: ({ walletId }) => ({ wallets: [walletId] }),
  decide(ledger, command, newId) {
    const wallet = ledger.wallets.get(command.walletId);
    if (!wallet) return unchanged(refused('NOT_FOUND', 'There is no such wallet.', ['walletId']));
    const posting = new Posting(ledger, command, newId);
    posting.set({ ...wallet, name: command.name });
    const { changes } = posting;
    return { outcome: { status: 'accepted', result: { name: command.name } }, changes };
  },
  audit(ledger, { walletId }, changes) {
    const [before, after] = [ledger.wallets.get(walletId), changes.wallets.get(walletId)];
    if (!before || !after) return null;
    const name = (wallet: { id: string; name: string }) => ({ id: wallet.id, name: wallet.name });
    return differing('wallet.updated', 'DayPassWallet', {
      before: name(before),
      after: name(after),
    });
  },
};

const log = createLog({ logLevel: 'silent' });
const kernel = kernelOf([...commandModules, renameWallet], endDue);

let database: TestDatabase;
let source: DataSource;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 1);
  pool = createWriterPool(database.url, 1, log, connectionBounds(longBounds));
});

afterAll(async () => {
  await pool.end();
  await source.destroy();
  await database.drop();
});

test('a new kind of command is one module: loaded, decided, written, announced, audited', async () => {
  const accountId = await createAccount(source, {
    slug: 'one-module',
    name: 'One module',
    plan: 'pro',
    currency: 'USD',
    timeZone: 'UTC',
    sandbox: false,
    createdAt: new Date('2026-03-02T17:00:00.000Z'),
  });
  const [wallet]: { id: string }[] = await source.query(
    'select id from wallets where account_id = $1',
    [accountId],
  );
  const announced: unknown[] = [];
  const answered: string[] = [];
  const writer = new AccountWriter(kernel, {
    pool,
    writersMax: 1,
    log,
    announce: (_account, _sequence, states) => announced.push(...states),
    answered: (kind, outcome) => answered.push(`${kind} ${outcome?.status}`),
  });
  const command: RenameWallet = {
    kind: 'rename-wallet',
    id: '018f0000-0000-7000-8000-000000000001',
    walletId: wallet!.id,
    name: 'Summer passes',
    audit: {
      actor: null,
      origin: { door: 'cli', ip: null, userAgent: null, requestId: 'request' },
    },
  };

  expect(await writer.submit(accountId, command)).toEqual({
    status: 'accepted',
    result: { name: 'Summer passes' },
  });
  const walletId = '018f0000-0000-7000-8000-00000000000a';
  expect(await writer.submit(accountId, { ...command, walletId } as AnyCommand)).toMatchObject({
    code: 'NOT_FOUND',
  });

  expect(announced).toEqual([{ kind: 'wallet', id: wallet!.id }]);
  expect(answered).toEqual(['rename-wallet accepted', 'rename-wallet refused']);
  const rows: unknown[] = await source.query(
    `select w.name, e.action, e.after from wallets w
     join audit_events e on e.account_id = w.account_id and e.id = $2
     where w.account_id = $1`,
    [accountId, command.id],
  );
  expect(rows).toEqual([
    { name: 'Summer passes', action: 'wallet.updated', after: { name: 'Summer passes' } },
  ]);
});

test('no two modules are of one kind, and a command without a module is not run', () => {
  expect(() => kernelOf([...commandModules, renameWallet, renameWallet], endDue)).toThrow('same');
  expect(() => kernelOf(commandModules, endDue).moduleOf(renameWallet)).toThrow('rename-wallet');
});
