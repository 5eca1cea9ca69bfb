import { revoked } from '../access/authenticate';
import { keyBehind, type Principal } from '../access/principal';
import {
  missingPermission,
  requireRight,
  rightEndsAtMs,
  rights,
  type Right,
} from '../access/rights';
import type { AgentAccess } from '../access/agent-access';
import type { AccountWatch, WatchListener } from '../access/account-watch';
import type { StateRef } from '../db/hints';
import type { JournalEntry } from '../journal/journal-entry';
import type { RequestContext } from './context';
import { MessageStream, type MessageSource, type StreamSignal } from './stream';
import type { GroupSeat } from './waiting-reader';

/** What the reader of a stream needs: a permission that may end, or only its own identity. */
export type StreamRight = Right | null;

/** A subscription's view of its account while it runs. */
export class WatchedAccount {
  private readonly principal: Principal;
  /** The key of the credential: when it ends, the stream ends. */
  private readonly keyId: string | null;

  constructor(
    readonly context: RequestContext,
    readonly watch: AccountWatch,
    private readonly right: StreamRight,
    private readonly signal: StreamSignal,
  ) {
    this.principal = context.caller.viewer;
    this.keyId = keyBehind(this.principal);
  }

  get isClosed(): boolean {
    return this.signal.closed;
  }

  /** Whether the stream waits and nothing has woken it. */
  get isWaiting(): boolean {
    return this.signal.wakeSignal.isWaitedFor;
  }

  wake(): void {
    this.signal.wakeSignal.set();
  }

  /** From now on a group sends new entries to the stream while it waits. */
  enterGroup(seat: GroupSeat): void {
    // A stream that ended before its first message was sent is not released a second time.
    if (this.signal.closed) seat.leave();
    else this.signal.seat = seat;
  }

  get isInGroup(): boolean {
    return this.signal.seat !== null;
  }

  /** Waits, although entries follow, until the group has sent them or cannot send the next one. */
  waitInGroup(): Promise<void> {
    const waited = this.signal.wakeSignal.wait();
    if (this.isWaiting) this.signal.seat?.catchUp();
    return waited;
  }

  /** From now on new entries wake the stream. */
  leaveGroup(): void {
    this.signal.seat = null;
  }

  /** Reads what `holdsRight` has to know, if it is not known; a read that fails leaves it unknown. */
  knowRight(): void | Promise<void> {
    if (this.watch.known(this.principal.agentId, this.keyId)) return;
    return this.readAndRequire().catch(() => {});
  }

  /** Whether the permission is known, without a read, to hold now. */
  holdsRight(): boolean {
    const known = this.watch.known(this.principal.agentId, this.keyId);
    if (!known || this.right === null) return known !== null;
    const { agentAccess, clockOffsetMs } = known;
    const nowMs = this.context.services.clock.nowMs() + clockOffsetMs;
    return (
      missingPermission(this.right, { principal: this.principal, agentAccess }, nowMs) === null
    );
  }

  /**
   * Throws the fault that ends the stream if the permission for it has ended; called before every
   * message. It reads the database once for all streams of the account, and returns at once if the
   * answer is known.
   */
  requireRight(): void | Promise<void> {
    const known = this.watch.known(this.principal.agentId, this.keyId);
    if (!known) return this.readAndRequire();
    if (this.right === null) return;
    const { agentAccess, clockOffsetMs } = known;
    const nowMs = this.context.services.clock.nowMs() + clockOffsetMs;
    requireRight(this.right, { principal: this.principal, agentAccess }, nowMs);
  }

  private async readAndRequire(): Promise<void> {
    const { right, principal, keyId } = this;
    if (keyId !== null && !(await this.watch.isLiveKey(keyId))) throw revoked();
    if (right === null) return;
    requireRight(right, { principal, agentAccess: await this.agentAccess() }, await this.nowMs());
  }

  /** Sleeps until something may have changed, the right ends, or `untilMs` of the account's clock. */
  wait(untilMs: number | null = null): Promise<void> {
    const gated = this.right !== null && rights[this.right].gated ? this.right : null;
    // Most streams wait here for hours: an async function would keep memory for each.
    if (gated !== null || untilMs !== null) return this.waitUntil(gated, untilMs);
    return this.isClosed ? Promise.resolve() : this.signal.wakeSignal.wait();
  }

  private async waitUntil(gated: Right | null, untilMs: number | null): Promise<void> {
    const ends = gated !== null ? rightEndsAtMs(gated, await this.agentAccess()) : null;
    const wakeAtMs = Math.min(untilMs ?? Infinity, ends ?? Infinity);
    const { wakeSignal } = this.signal;
    if (wakeAtMs === Infinity) return this.isClosed ? undefined : wakeSignal.wait();
    // The timer follows the account's clock.
    await this.watch.clockOffsetMs();
    if (this.isClosed) return;
    const takeBack = this.watch.alarms.set(wakeAtMs, () => wakeSignal.set());
    await wakeSignal.wait();
    takeBack();
  }

  /** The account's present instant, by the estimate of the database's clock. */
  private async nowMs(): Promise<number> {
    return this.context.services.clock.nowMs() + (await this.watch.clockOffsetMs());
  }

  private agentAccess(): Promise<AgentAccess | null> {
    const { agentId } = this.principal;
    return agentId ? this.watch.agentAccessOf(agentId) : Promise.resolve(null);
  }
}

/** Which entries and changes wake a stream (all, if left out), and the permission that it needs. */
export interface Waking {
  right: StreamRight;
  wakesOnEntry?: (entry: JournalEntry) => boolean;
  wakesOnState?: (changed: StateRef) => boolean;
}

type Run<Message> = (
  account: WatchedAccount,
) => AsyncGenerator<Message, void> | Promise<AsyncGenerator<Message, void>>;

/**
 * A subscription over one account. It attaches to the account's watch first; `run` reads its state
 * or backlog second.
 */
export function watchedStream<Message>(
  context: RequestContext,
  waking: Waking,
  run: Run<Message>,
): MessageStream<Message> {
  return new MessageStream(new WatchedSource(context, waking, run));
}

/** Listens to an account for one stream. A class, because a thousand streams would keep as many closures. */
class WatchedSource<Message> implements MessageSource<Message>, WatchListener {
  private signal: StreamSignal | undefined;
  private watch: AccountWatch | undefined;
  /** Not kept when the stream has begun. */
  private run: Run<Message> | undefined;
  private readonly viewer: Principal;

  constructor(
    private readonly context: RequestContext,
    private readonly waking: Waking,
    run: Run<Message>,
  ) {
    this.run = run;
    this.viewer = context.caller.viewer;
  }

  async open(signal: StreamSignal): Promise<AsyncGenerator<Message, void>> {
    const { context, viewer } = this;
    const run = this.run!;
    this.run = undefined;
    this.signal = signal;
    const watch = await context.services.watches.attach(viewer.accountId, this);
    this.watch = watch;
    context.reads.follow(watch);
    watch.readAnew(viewer.agentId, keyBehind(viewer));
    const account = new WatchedAccount(context, watch, this.waking.right, signal);
    await account.requireRight();
    return run(account);
  }

  release(): void {
    if (this.watch) this.context.services.watches.detach(this.watch, this);
  }

  onEntries(entries: readonly JournalEntry[]): void {
    if (entries.some((entry) => this.wakes(entry))) this.signal?.wakeSignal.set();
  }

  onState(changed: StateRef | 'any'): void {
    const wakes =
      changed === 'any' ||
      this.isOfViewer(changed) ||
      (this.waking.wakesOnState?.(changed) ?? true);
    if (wakes) this.signal?.wakeSignal.set();
  }

  private wakes(entry: JournalEntry): boolean {
    const { agentId } = this.viewer;
    if (agentId !== null && entry.agentId === agentId) return true;
    // While the stream waits, its group sends it the entries that it wants.
    if (this.signal?.seat && this.signal.wakeSignal.isWaitedFor) return false;
    return this.waking.wakesOnEntry?.(entry) ?? true;
  }

  private isOfViewer({ kind, id }: StateRef): boolean {
    const { viewer } = this;
    return (
      kind === 'account' ||
      (kind === 'agent' && id === viewer.agentId) ||
      (kind === 'key' && id === keyBehind(viewer))
    );
  }
}
