import { createLog } from '../../../src/core/log';
import { readConfig } from '../../../src/core/config';
import { newId } from '../../../src/core/ids';
import { createWriterPool } from '../../../src/db/writer-pool';
import { LedgerWriter } from '../../../src/ledger/ledger-writer';
import { operatorActor, type OperatorServices } from '../../../src/operator/operator';
import type { TestSite } from './desk';

/** The operator of a service under test, as the command line is it: with a writer of its own. */
export function becomeOperator(site: TestSite): {
  on: OperatorServices;
  close(): Promise<void>;
} {
  const log = createLog(readConfig({ LOG_LEVEL: 'silent' }));
  const pool = createWriterPool(site.service.databaseUrl, 1, log);
  const origin = { door: 'cli', ip: null, userAgent: 'a test', requestId: newId() } as const;
  return {
    on: {
      source: site.source,
      ledger: new LedgerWriter({ pool, writersMax: 1, log, announce: () => {} }),
      hints: { send: () => {} },
      secrets: site.secrets,
      clock: { nowMs: () => Date.now() },
      fetchRules: { privateAddresses: true },
      attribution: { actor: operatorActor, origin },
    },
    close: () => pool.end(),
  };
}
