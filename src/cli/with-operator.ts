import { InvalidArgumentError } from 'commander';
import { userInfo } from 'node:os';
import { readConfig } from '../core/config';
import { newId } from '../core/ids';
import { createLog } from '../core/log';
import { createWriterPool } from '../db/writer-pool';
import { LedgerWriter } from '../ledger/ledger-writer';
import { OperatorRefusal, operatorActor, type OperatorServices } from '../operator/operator';
import { withDatabase } from './with-database';

/**
 * Runs `work` as the operator of the service, beside a running service. The service finds changes
 * within a second, so no hints are sent. A refusal is thrown with the flag at fault.
 */
export function withOperator<Result>(
  work: (on: OperatorServices) => Promise<Result>,
  flags: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const config = readConfig();
  return withDatabase(async ({ url, source, secrets, clock }) => {
    const log = createLog(config);
    const pool = createWriterPool(url, 1, log);
    const ledger = new LedgerWriter({ pool, writersMax: 1, log, announce: () => {} });
    const on: OperatorServices = {
      source,
      ledger,
      hints: { send: () => {} },
      secrets,
      clock,
      fetchRules: { privateAddresses: config.privateIssuers },
      attribution: {
        actor: operatorActor,
        origin: {
          door: 'cli',
          ip: null,
          userAgent: `daypass, run by ${userInfo().username}`,
          requestId: newId(),
        },
      },
    };
    try {
      return await work(on);
    } catch (error) {
      if (!(error instanceof OperatorRefusal)) throw error;
      throw new Error(`${flags[error.field] ?? flagOf(error.field)}: ${error.message}`);
    } finally {
      await ledger.drained();
      await pool.end();
    }
  });
}

/** adminEmail → --admin-email */
function flagOf(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** For commander: a whole number. The bounds are the operator's functions' own. */
export function wholeNumber(text: string): number {
  if (!/^-?\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** Prints an answer for programs as one JSON object, else for people. */
export function print(answer: object, text: string, { json }: { json?: boolean }): void {
  process.stdout.write(`${json ? JSON.stringify(answer) : text}\n`);
}
