import type { LedgerWriter } from './ledger-writer';
import type { Command, CommandOf, Outcome } from './commands';

/** The ledger of one account: whoever holds it can submit nothing to another's. */
export class AccountLedger {
  constructor(
    private readonly writer: LedgerWriter,
    readonly accountId: string,
  ) {}

  /** As `LedgerWriter.submit`. */
  submit<Kind extends Command['kind']>(command: CommandOf<Kind>): Promise<Outcome<Kind>> {
    return this.writer.submit(this.accountId, command);
  }
}
