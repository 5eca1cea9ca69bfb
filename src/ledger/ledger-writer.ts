import type { Command, CommandOf, Outcome } from './commands';
import { checkedKernel, kernel } from './decide';
import type { CommittedBatch } from './writer/committed-batch';
import { AccountWriter, type AccountWriterOptions } from './writer/account-writer';

export interface LedgerWriterOptions extends AccountWriterOptions {
  /** Whether each decision is checked to make and lose no passes. One that does is refused. */
  assertsConservation?: boolean;
}

/** The only way to an account's passes, people, keys and settings: by commands. */
export class LedgerWriter {
  private readonly writer: AccountWriter;

  constructor(options: LedgerWriterOptions) {
    this.writer = new AccountWriter(options.assertsConservation ? checkedKernel : kernel, options);
  }

  /** Commands that wait for their batch. */
  get queueLength(): number {
    return this.writer.queueLength;
  }

  /**
   * Runs a command. Rejects with SERVICE_UNAVAILABLE if it cannot be run within the bounds; then it
   * happened once or not at all, and the same key asks which. `onCommitted` receives what the batch left,
   * before the outcome is there.
   */
  submit<Kind extends Command['kind']>(
    accountId: string,
    command: CommandOf<Kind>,
    onCommitted?: (committed: CommittedBatch) => void,
  ): Promise<Outcome<Kind>> {
    return this.writer.submit(accountId, command, onCommitted) as Promise<Outcome<Kind>>;
  }

  /** Resolves when nothing is queued or running, or after a bound (10 s if left out). */
  drained(maxMs?: number): Promise<void> {
    return this.writer.drained(maxMs);
  }
}
