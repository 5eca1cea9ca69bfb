import { revoked } from '../access/authenticate';
import { keyBehind } from '../access/principal';
import { requireRight, rightEndsAtMs, type Right } from '../access/rights';
import type { Standing } from '../access/standing';
import type { AccountWatch } from '../access/account-watch';
import type { StateRef } from '../db/hints';
import type { JournalEntry } from '../journal/journal-entry';
import type { RequestContext } from './context';
import { MessageStream, type StreamSignal } from './stream';

/** What a stream needs to be read: a right that may end, or none beyond being who one is. */
export type StreamRight = Right | null;

/** A subscription's view of its account while it runs. */
export class WatchedAccount {
  constructor(
    readonly context: RequestContext,
    readonly watch: AccountWatch,
    private readonly right: StreamRight,
    private readonly signal: StreamSignal,
  ) {}

  get isClosed(): boolean {
    return this.signal.closed;
  }

  /** The account's present instant, by the estimate of the database's clock. */
  async nowMs(): Promise<number> {
    return this.context.services.clock.nowMs() + (await this.watch.clockOffsetMs());
  }

  /**
   * Throws the fault that ends the stream where the right to it has ended; asked before every
   * message. What it asks of the database is read once for all streams of the account.
   */
  async requireRight(): Promise<void> {
    const principal = this.context.viewer;
    const keyId = keyBehind(principal);
    if (keyId !== null && !(await this.watch.isLiveKey(keyId))) throw revoked();
    if (this.right === null) return;
    requireRight(this.right, { principal, standing: await this.standing() }, await this.nowMs());
  }

  standing(): Promise<Standing | null> {
    const { agentId } = this.context.viewer;
    return agentId ? this.watch.standingOf(agentId) : Promise.resolve(null);
  }

  /** Sleeps until something may have changed, the right ends, or `untilMs` of the account's clock. */
  async wait(untilMs: number | null = null): Promise<void> {
    const nowMs = await this.nowMs();
    const ends = this.right === null ? null : rightEndsAtMs(this.right, await this.standing());
    const wakeAtMs = Math.min(untilMs ?? Infinity, ends ?? Infinity);
    if (!this.isClosed) await this.signal.bell.wait(wakeAtMs - nowMs);
  }
}

/**
 * A subscription over one account. It attaches to the account's watch first; `run` reads its state or
 * backlog second. `wakesOn` says which entries and changes are worth waking for (all, if left out).
 */
export function watchedStream<Message>(
  context: RequestContext,
  options: {
    right: StreamRight;
    wakesOnEntry?: (entry: JournalEntry) => boolean;
    wakesOnState?: (changed: StateRef) => boolean;
  },
  run: (account: WatchedAccount) => AsyncGenerator<Message, void>,
): MessageStream<Message> {
  const { accountId } = context.viewer;
  const keyId = keyBehind(context.viewer);
  const { wakesOnEntry = () => true, wakesOnState = () => true } = options;
  const { watches } = context.services;
  return new MessageStream<Message>(async function* (signal) {
    const mine = (state: StateRef) =>
      state.kind === 'account' ||
      (state.kind === 'agent' && state.id === context.viewer.agentId) ||
      (state.kind === 'key' && state.id === keyId);
    const listener = {
      onEntries(entries: readonly JournalEntry[]) {
        const { agentId } = context.viewer;
        if (entries.some((entry) => entry.agentId === agentId || wakesOnEntry(entry))) {
          signal.bell.ring();
        }
      },
      onState(changed: StateRef | 'any') {
        if (changed === 'any' || mine(changed) || wakesOnState(changed)) signal.bell.ring();
      },
    };
    const watch = await watches.attach(accountId, listener);
    context.follow(watch);
    watch.readAnew(context.viewer.agentId, keyId);
    try {
      const account = new WatchedAccount(context, watch, options.right, signal);
      await account.requireRight();
      for await (const message of run(account)) {
        if (signal.closed) return;
        // Each message is resolved anew: nothing read for the last one counts for it.
        context.renew();
        yield message;
      }
    } finally {
      watches.detach(watch, listener);
    }
  });
}
