import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { AccountRow } from '../db/tables/account';
import { verifyAudit, type AuditVerdict } from '../db/verify-audit';
import { verifyBooks, type Verdict } from '../ledger/verify/verify-books';
import { withDatabase } from './with-database';

interface Options {
  account?: string;
  json?: boolean;
}

type AccountVerdict = { account: string; audit: AuditVerdict } & Verdict;

/** `daypass verify`: recomputes the books and the audit trail; exits with 1 if anything differs. */
export function addVerifyVerb(program: Command): void {
  program
    .command('verify')
    .description(
      "Recompute the books from the journal, check the audit trail's hash chain, and report every difference.",
    )
    .option('--account <slug>', 'the slug of one account; default: all accounts')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      const accounts = await withDatabase(({ source }) => verifyAccounts(source, options));
      const ok = accounts.every(({ drift, audit }) => drift === null && audit.drift === null);
      const text = options.json ? JSON.stringify({ ok, accounts }) : describe(accounts);
      process.stdout.write(`${text}\n`);
      if (!ok) process.exitCode = 1;
    });
}

async function verifyAccounts(source: DataSource, options: Options): Promise<AccountVerdict[]> {
  const accounts = await source.getRepository(AccountRow).find({
    select: { id: true, slug: true },
    where: options.account === undefined ? {} : { slug: options.account },
    order: { slug: 'ASC' },
  });
  if (options.account !== undefined && accounts.length === 0) {
    throw new Error(`There is no account with the slug ${options.account}.`);
  }
  const verdicts: AccountVerdict[] = [];
  for (const { id, slug } of accounts) {
    const onProgress = (entries: number, of: number) => showProgress(slug, entries, of);
    const verdict = await verifyBooks(source, id, { onProgress });
    verdicts.push({ account: slug, ...verdict, audit: await verifyAudit(source, id) });
  }
  clearProgress();
  return verdicts;
}

function describe(verdicts: readonly AccountVerdict[]): string {
  const lines = verdicts.flatMap(({ account, entries, drift, audit }) => [
    drift
      ? `${account}: entry ${drift.sequence} does not match: ${drift.what}`
      : `${account}: ${entries} entries, all match`,
    `${account}: ${describeAudit(audit)}`,
  ]);
  const drifted = verdicts.filter(({ drift }) => drift).length;
  const rewritten = verdicts.filter(({ audit }) => audit.drift).length;
  const sum = drifted
    ? `The books of ${drifted} of ${verdicts.length} accounts do not balance.`
    : `The books of all ${verdicts.length} accounts balance.`;
  const trails = rewritten
    ? `The audit trails of ${rewritten} of ${verdicts.length} accounts were changed.`
    : `The audit trails of all ${verdicts.length} accounts are unchanged.`;
  return [...lines, sum, trails].join('\n');
}

function describeAudit({ events, unsealed, drift }: AuditVerdict): string {
  if (!drift) {
    const more = unsealed ? `; ${unsealed} of the previous release are not sealed yet` : '';
    return `${events} audit events, all match${more}`;
  }
  const number = drift.sequence === null ? '' : ` number ${drift.sequence}`;
  const id = drift.eventId === null ? '' : ` (${drift.eventId})`;
  return `audit event${number}${id} does not match: ${drift.what}`;
}

/** One line that is overwritten, only on a terminal. */
function showProgress(slug: string, entries: number, of: number): void {
  if (!process.stderr.isTTY) return;
  const percent = Math.floor((entries / of) * 100);
  process.stderr.write(`\r\u001b[K${slug}: ${entries} of ${of} entries (${percent} %)`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
