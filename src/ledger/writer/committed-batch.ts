import type { Agent, Ledger, RunningPass } from '../model/ledger';
import type { StoredWallet } from '../rows/wallet';
import type { SealedEntry } from './seal-entries';

/**
 * What a batch left in the tables, as a read right after its commit would find it: the answers of its
 * commands need no such read. Null stands for what the batch does not know.
 */
export class CommittedBatch {
  constructor(
    private readonly ledger: Ledger,
    private readonly entries: readonly SealedEntry[],
    /** The agents that were loaded with their running passes. */
    private readonly agents: ReadonlySet<string>,
  ) {}

  /** Only a wallet that the batch has moved: the hash of another wallet's last entry was not loaded. */
  walletOf(id: string): StoredWallet | null {
    const wallet = this.ledger.wallets.get(id);
    const last =
      wallet && this.entries.findLast(({ sequence }) => sequence === wallet.lastSequence);
    return last ? { ...wallet, lastHash: last.hash } : null;
  }

  /** The agent with the pass that runs. */
  agentOf(id: string): { agent: Agent; runningPass: RunningPass | null } | null {
    const agent = this.agents.has(id) ? this.ledger.agents.get(id) : undefined;
    return agent ? { agent, runningPass: this.ledger.runningPasses.get(id) ?? null } : null;
  }

  get gateShutsAtMs(): number | null {
    return this.ledger.account.gateShutsAtMs;
  }

  /** How far the account's clock is ahead of the database's. */
  get clockOffsetMs(): number | null {
    return this.ledger.clockOffsetMs ?? null;
  }
}
