import { pageMax, type Turn } from './follow-page';

/** More pairs of follower and account than wait in practice; the next sweep finds what is left out. */
const waitingMax = 10_000;

/**
 * The line of followers and accounts that want a turn. A few run at the same time, each pair once,
 * and a pair that wants another page goes to the end of the line: none delays the others.
 */
export class TurnLine {
  /** In the order in which they came. */
  private readonly waiting = new Map<string, Turn>();
  /** For each running pair, whether it was requested again meanwhile. */
  private readonly running = new Map<string, { turn: Promise<void>; isWanted: boolean }>();
  private isClosed = false;

  constructor(
    private readonly atOnce: number,
    /** Takes a turn; returns the next turn that it needs, if any. Never rejects. */
    private readonly take: (turn: Turn) => Promise<{ again: Turn | null; mayRepeat: boolean }>,
  ) {}

  add(turn: Turn): void {
    const key = keyOf(turn);
    const running = this.running.get(key);
    if (running) running.isWanted = true;
    else if (!this.isClosed && this.waiting.size < waitingMax && !this.waiting.has(key)) {
      this.waiting.set(key, turn);
      this.takeNext();
    }
  }

  /** Takes no more turns, and resolves when those that run are over. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.waiting.clear();
    await Promise.all([...this.running.values()].map(({ turn }) => turn));
  }

  private takeNext(): void {
    while (this.running.size < this.atOnce) {
      const [next] = this.waiting;
      if (!next) return;
      const [key, turn] = next;
      this.waiting.delete(key);
      this.running.set(key, { turn: this.run(key, turn), isWanted: false });
    }
  }

  private async run(key: string, turn: Turn): Promise<void> {
    const { again, mayRepeat } = await this.take(turn);
    const isWanted = this.running.get(key)?.isWanted ?? false;
    this.running.delete(key);
    if (again) this.add(again);
    else if (isWanted && mayRepeat) this.add({ ...turn, pageSize: pageMax });
    this.takeNext();
  }
}

function keyOf({ follower, accountId }: Turn): string {
  return `${follower.name} ${accountId}`;
}
