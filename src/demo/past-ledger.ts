import type { Pool } from 'pg';
import type { Log } from '../core/log';
import { LedgerWriter } from '../ledger/ledger-writer';
import type { Command, Outcome } from '../ledger/commands';

/**
 * One account's ledger with a clock that can be set: the same writer, the same rules and the same
 * rows as of any other ledger, at instants of the past.
 */
export class PastLedger {
  private nowMs: number | null = null;
  private readonly writer: LedgerWriter;

  constructor(
    readonly accountId: string,
    { pool, log }: { pool: Pool; log: Log },
  ) {
    this.writer = new LedgerWriter({
      pool,
      writersMax: 1,
      log,
      // An account that is being created has no subscribers.
      announce: () => {},
      fixedNowMs: () => this.nowMs,
    });
  }

  /** Runs the commands at one instant; up to 256 share one batch. Throws if one is refused. */
  async at(nowMs: number, commands: readonly Command[]): Promise<void> {
    this.nowMs = nowMs;
    const outcomes = await Promise.all(
      commands.map((command): Promise<Outcome> => this.writer.submit(this.accountId, command)),
    );
    for (const outcome of outcomes) {
      if (outcome.status !== 'refused') continue;
      const when = new Date(nowMs).toISOString();
      throw new Error(
        `A command of the demo data was refused at ${when}: ${outcome.code}: ${outcome.message}`,
      );
    }
  }
}
