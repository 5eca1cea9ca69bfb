import type { DataSource } from 'typeorm';
import type { Attribution } from '../access/audit';
import type { OutboundRules } from '../core/outbound';
import { AccountState } from '../db/account-state';
import type { DatabaseClock } from '../db/database-clock';
import type { HintCarrier } from '../db/hints';
import type { Secrets } from '../db/secrets';
import { AccountLedger } from '../ledger/account-ledger';
import type { LedgerWriter } from '../ledger/ledger-writer';

/*
 * Acts of the company that runs the service on its accounts. Nobody signs in as the operator:
 * anybody who can reach the database is the operator. So only the command line calls these
 * functions, and no feature may import this room.
 */

/** What the operator's functions work on. */
export interface OperatorServices {
  source: DataSource;
  ledger: LedgerWriter;
  hints: Pick<HintCarrier, 'send'>;
  secrets: Pick<Secrets, 'activation'>;
  clock: Pick<DatabaseClock, 'nowMs'>;
  /** Limits for the address of an identity provider. */
  fetchRules: OutboundRules;
  /** The person who acts for the operator, for the audit trail. */
  attribution: Attribution;
}

/** How the journal and the audit trail name the operator: the same in every account. */
export const operatorActor = {
  kind: 'OPERATOR',
  id: '00000000-0000-7000-8000-000000000001',
} as const;

/** Why the operator's act was refused. `field` names the value at fault, e.g. adminEmail. */
export class OperatorRefusal extends Error {
  override name = 'OperatorRefusal';

  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

export function ledgerOf({ ledger }: OperatorServices, accountId: string): AccountLedger {
  return new AccountLedger(ledger, accountId);
}

export function stateOf(on: OperatorServices, accountId: string): AccountState {
  return new AccountState(on, accountId);
}
