import type { AccountWatch } from '../../access/account-watch';
import { RequestContext } from '../../api/context';
import {
  ReadyResult,
  type GroupSeat,
  type ReadyReceiver,
  type WaitingReader,
} from '../../api/waiting-reader';
import type { TurnBudget } from '../../core/turn-budget';
import type { JournalEntry } from '../../journal/journal-entry';
import type { MessageBudget } from './message-budget';
import type { ValidOperation } from './operation-request';
import type { SharedExecutions } from './shared-executions';

/** Readers that differ in what they may see, and are answered for one message by one group. */
const kindsMax = 16;
/** Members that are answered before the event loop's budget is asked again. */
const membersPerLook = 32;
/** A reader that is behind waits for readers that are so few entries further behind, to continue with them. */
const togetherWithin = 64;

/** A stream that its group may answer. */
export interface Member {
  reader: WaitingReader;
  receiver: ReadyReceiver;
  operation: ValidOperation;
  /** The operation without its document. */
  question: string;
  budget: MessageBudget | undefined;
}

/** What the groups of a process share. */
export interface GroupTools {
  executions: SharedExecutions;
  turns: TurnBudget;
}

/**
 * Streams with the same document and variables of one account's journal. A group reads a new entry
 * once, executes it once for each kind of reader, and sends the ready text to all that wait for it.
 *
 * A group only takes work off its members: each has a stream of its own, which waits meanwhile. A
 * member that cannot be answered at once, because it is slow, has no budget, or its permission has to
 * be read, is woken instead, and its stream continues after the last entry that it received. As soon as
 * it has sent one message, it leaves the next ones to the group again, which then answers all that are
 * behind: a burst would otherwise separate a group until its end.
 */
export class ReaderGroup {
  private readonly members = new Set<Member>();
  /** Members that wait although entries follow their last. */
  private readonly behind = new Set<Member>();
  /** The number of the last entry that is done with for all members that wait. */
  private last: number;
  private isRunning = false;
  private isCatchingUp = false;

  constructor(
    private readonly watch: AccountWatch,
    private readonly tools: GroupTools,
    private readonly on: { onEmpty(): void; onPersonal(): void },
  ) {
    this.last = watch.tail.sequence;
  }

  join(member: Member): void {
    if (this.members.size === 0) this.watch.groups.add(this.wake);
    this.members.add(member);
    member.reader.enterGroup(new Seat(this, member));
  }

  remove(member: Member): void {
    this.behind.delete(member);
    this.members.delete(member);
    if (this.members.size > 0) return;
    this.watch.groups.delete(this.wake);
    this.on.onEmpty();
  }

  /** The member waits, and entries follow its last. */
  catchUp(member: Member): void {
    this.behind.add(member);
    if (!this.isCatchingUp) void this.answerBehind();
  }

  /**
   * A page for each in turn; all that are at an entry of it when it is reached are answered together. One
   * that has reached the end of the journal is woken, and waits there.
   */
  private async answerBehind(): Promise<void> {
    const { tail } = this.watch;
    this.isCatchingUp = true;
    try {
      for (const member of this.behind) {
        const { reader } = member;
        const { last } = reader;
        const start = this.startFor(last);
        const page = reader.isWaiting ? tail.after(start) : [];
        for (const entry of page instanceof Promise ? await page : page) {
          await this.answer(entry, this.behind);
          if (!reader.isWaiting) break;
        }
        this.behind.delete(member);
        if (!reader.isWaiting) continue;
        const isServed = start < last || last < reader.last;
        if (isServed && reader.last < tail.sequence) this.behind.add(member);
        else reader.wake();
      }
    } catch {
      for (const { reader } of this.behind) reader.wake();
      this.behind.clear();
    } finally {
      this.isCatchingUp = false;
    }
  }

  /** The number of the last entry of the furthest behind of those that continue together. */
  private startFor(last: number): number {
    let start = last;
    for (const { reader } of this.behind) {
      const isNear = reader.isWaiting && reader.last >= last - togetherWithin;
      if (isNear && reader.last < start) start = reader.last;
    }
    return start;
  }

  /** There are new entries. */
  private readonly wake = (): void => {
    if (!this.isRunning) void this.run();
  };

  private async run(): Promise<void> {
    const { tail } = this.watch;
    this.isRunning = true;
    try {
      while (this.last < tail.sequence && this.members.size > 0) {
        const page = tail.after(this.last);
        const entries = page instanceof Promise ? await page : page;
        if (entries.length === 0) throw new Error('The tail has not kept what it has read.');
        for (const entry of entries) {
          await this.answer(entry, this.members);
          this.last = entry.sequence;
        }
      }
    } catch {
      // Each stream reads on, and reports what fails.
      for (const { reader } of this.members) reader.wake();
    } finally {
      this.last = tail.sequence;
      this.isRunning = false;
    }
  }

  /** Sends the entry to every member that waits for it, or wakes the member. */
  private async answer(entry: JournalEntry, members: Iterable<Member>): Promise<void> {
    const lag = this.watch.tail.sequence - entry.sequence;
    let message: unknown = null;
    let waiting: Member[] = [];
    const reads: Promise<void>[] = [];
    for (const member of members) {
      const { reader } = member;
      if (!waitsFor(reader, entry)) continue;
      const wanted = reader.messageOf(entry);
      if (wanted === null) reader.last = entry.sequence;
      else if (lag > reader.lagMax || (message ??= wanted) !== wanted) reader.wake();
      else {
        waiting.push(member);
        const read = reader.knowRight();
        if (read) reads.push(read);
      }
    }
    if (reads.length > 0) await Promise.all(reads);
    for (let kind = 0; kind < kindsMax && waiting.length > 0; kind += 1) {
      const others = await this.answerAlike(entry, message, waiting);
      if (others.length === waiting.length) break;
      waiting = others;
    }
    for (const { reader } of waiting) if (waitsFor(reader, entry)) reader.wake();
  }

  /**
   * Executes for the first that can pay for it, and sends the result to all that get the same;
   * returns the others. If nobody can pay, nothing is executed.
   */
  private async answerAlike(
    entry: JournalEntry,
    message: unknown,
    waiting: readonly Member[],
  ): Promise<Member[]> {
    const { executions, turns } = this.tools;
    const first = waiting.find(({ budget }) => budget?.prepay() ?? true);
    if (!first) return [...waiting];
    const operation = { ...first.operation, contextValue: contextLike(first, this.watch) };
    const shared = await executions
      .executeForAll(operation, first.question, message)
      // What it cost is paid below, by each that receives it.
      .finally(() => first.budget?.settle(null));
    if (shared === 'PERSONAL') {
      this.disband();
      return [...waiting];
    }
    if (shared === null) {
      this.expel(first);
      return waiting.filter((member) => member !== first);
    }
    const { result, asked, isNew } = shared;
    const ready = new ReadyResult(JSON.stringify(result));
    const cost = first.budget?.costOf(result) ?? 0;
    let isPaid = !isNew;
    const others: Member[] = [];
    for (const [at, member] of waiting.entries()) {
      const turn = at % membersPerLook === 0 ? turns.next() : undefined;
      if (turn) await turn;
      const { reader, receiver, budget } = member;
      if (!waitsFor(reader, entry)) continue;
      const isAlike = reader.holdsRight()
        ? member.operation.contextValue.isKnownAlike(asked)
        : null;
      if (isAlike === false) {
        others.push(member);
        continue;
      }
      const isAnswered =
        isAlike === true &&
        receiver.isReady &&
        (budget?.payNow(cost, { isExecuted: !isPaid }) ?? true);
      if (!isAnswered) {
        reader.wake();
        continue;
      }
      isPaid = true;
      receiver.send(ready, message);
      reader.last = entry.sequence;
    }
    return others;
  }

  /** Each stream answers itself from now on. */
  private disband(): void {
    this.on.onPersonal();
    for (const member of this.members) this.expel(member);
  }

  /** The stream answers itself from now on. */
  private expel(member: Member): void {
    member.reader.leaveGroup();
    member.reader.wake();
    this.remove(member);
  }
}

class Seat implements GroupSeat {
  constructor(
    private readonly group: ReaderGroup,
    private readonly member: Member,
  ) {}

  leave(): void {
    this.group.remove(this.member);
  }

  catchUp(): void {
    this.group.catchUp(this.member);
  }
}

/** Whether it is the reader's next entry, and its own stream does not read it. */
function waitsFor(reader: WaitingReader, entry: JournalEntry): boolean {
  return reader.isWaiting && reader.last === entry.sequence - 1;
}

/** A context of its own: the member's may be in use by the member's stream. */
function contextLike({ operation }: Member, watch: AccountWatch): RequestContext {
  const { services, caller } = operation.contextValue;
  const context = new RequestContext(services, caller.principal, caller.origin);
  context.reads.follow(watch);
  return context;
}
