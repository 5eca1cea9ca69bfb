import type { LedgerWriter } from './ledger-writer';
import type { Command, CommandOf, Outcome } from './commands';
import type { CommittedBatch } from './writer/committed-batch';

/** The ledger of one account: its holder cannot submit commands to other accounts. */
export class AccountLedger {
  constructor(
    private readonly writer: LedgerWriter,
    readonly accountId: string,
    /** Receives what the batches of its commands left. */
    private readonly onCommitted?: (committed: CommittedBatch) => void,
  ) {}

  /** As `LedgerWriter.submit`. */
  submit<Kind extends Command['kind']>(command: CommandOf<Kind>): Promise<Outcome<Kind>> {
    return this.writer.submit(this.accountId, command, this.onCommitted);
  }
}
