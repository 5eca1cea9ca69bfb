import { AccountScope } from '../db/account-scope';
import { AccountState } from '../db/account-state';
import { isUsedUp } from '../db/data-source';
import { AccountLedger } from '../ledger/account-ledger';
import type { CommittedBatch } from '../ledger/writer/committed-batch';
import type { Caller } from './caller';
import type { Services } from './services';

/**
 * The ways to the data of the caller's account. A feature holds nothing else of the database, so that
 * it cannot leave the account.
 */
export class AccountHandles {
  /** Whether the request only asks the gate or consumes: then it is answered however busy reads are. */
  mayUseReserved = false;
  /** Keeps what the batches of the request's commands left. */
  reads: { keep(committed: CommittedBatch): void } | undefined;

  constructor(
    private readonly services: Services,
    private readonly caller: Caller,
  ) {}

  get id(): string {
    return this.caller.known.accountId;
  }

  /** Reads within the account. */
  get scope(): AccountScope {
    const { source, reserved } = this.services;
    return this.mayUseReserved && isUsedUp(source)
      ? new AccountScope(reserved, this.id, 'reserved')
      : new AccountScope(source, this.id);
  }

  /** Commands on the account's passes, and on what the ledger decides by. */
  get ledger(): AccountLedger {
    const keep = (committed: CommittedBatch) => this.reads?.keep(committed);
    return new AccountLedger(this.services.ledger, this.id, keep);
  }

  /** Writes of the account's other state. */
  get state(): AccountState {
    return new AccountState(this.services, this.id);
  }
}
