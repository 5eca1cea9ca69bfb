/** A dead process is noticed within this time; the check costs a system call or two. */
const lookEveryMs = 1_000;
/** Backends of a killed server keep its memory for a moment; a full disk takes longer. */
const retryMs = { least: 500, most: 30_000 };
/**
 * After this many attempts the cause is not temporary: a new process may succeed, and this one
 * cannot.
 */
const attemptsMax = 3;

/** Watches a server while this process uses it: a server that died is started again. */
export class ServerKeeper {
  private timer: NodeJS.Timeout | undefined;
  private reviving: Promise<void> = Promise.resolve();
  /** From then on nothing is started. */
  isEnded = false;
  private retryMs = retryMs.least;
  /** Attempts since the server died that did not revive it. */
  private attempts = 0;

  constructor(
    private readonly server: {
      isAlive(): boolean;
      /** Starts it again, at the same address. Rejects if this does not succeed now. */
      revive(): Promise<void>;
      /** Called for each death, and for each failed attempt to start it again. */
      failed(error: unknown): void;
    },
  ) {
    this.lookAfter(lookEveryMs);
  }

  /** Whether the server is dead and could not be revived several times. */
  get isFailing(): boolean {
    return this.attempts >= attemptsMax;
  }

  /** Resolves when nothing is started any more. */
  async end(): Promise<void> {
    this.isEnded = true;
    clearTimeout(this.timer);
    await this.reviving;
  }

  private lookAfter(ms: number): void {
    if (this.isEnded) return;
    this.timer = setTimeout(() => this.look(), ms);
    this.timer.unref();
  }

  private look(): void {
    if (this.server.isAlive()) return this.lookAfter(lookEveryMs);
    if (this.attempts === 0) {
      this.server.failed(
        new Error('The embedded PostgreSQL has stopped unexpectedly. It is being restarted.'),
      );
    }
    this.reviving = this.server.revive().then(
      () => {
        this.retryMs = retryMs.least;
        this.attempts = 0;
        this.lookAfter(lookEveryMs);
      },
      (error: unknown) => {
        this.attempts += 1;
        this.server.failed(error);
        this.lookAfter(this.retryMs);
        this.retryMs = Math.min(this.retryMs * 2, retryMs.most);
      },
    );
  }
}
