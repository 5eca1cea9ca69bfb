import { Line, type Credentials, type Loss } from './line';

/** The first wait before a reconnect; doubled each time up to the last, with a random part. */
const backOffMs = { first: 400, last: 30_000 };

/**
 * Keeps a line open: if one is lost it opens another, after a longer wait each time, and at once
 * when success is likely.
 */
export class LineKeeper {
  /** The present line; null between two lines. */
  line: Line | null = null;
  private isRunning = false;
  private losses = 0;
  private back = 0;

  constructor(
    private readonly to: {
      endpoint: string;
      credentials: Credentials;
      /**
       * A line can be used; everything that was asked over the line before has to be asked again.
       */
      opened: (line: Line) => void;
      /** The service has accepted the line. */
      connected?: () => void;
      /**
       * The line is lost. If the credentials are not valid, no other line is opened automatically.
       */
      lost: (loss: Loss) => void;
    },
  ) {}

  start(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    window.addEventListener('online', this.comeBack);
    window.addEventListener('offline', this.drop);
    this.open();
  }

  stop(): void {
    this.isRunning = false;
    window.removeEventListener('online', this.comeBack);
    window.removeEventListener('offline', this.drop);
    this.dispose();
  }

  /** Opens a new line with fresh credentials. */
  renew(): void {
    if (!this.isRunning) return;
    this.dispose();
    this.open();
  }

  /** The service answers: after the next loss the waits start again from the first. */
  isWell(): void {
    this.losses = 0;
  }

  /** Treats the line as broken. */
  readonly drop = (): void => this.line?.drop();

  private readonly comeBack = (): void => {
    // Only if a reconnect is due: after a sign-out, a person has to sign in first.
    if (!this.isRunning || this.line || this.back === 0) return;
    this.dispose();
    this.open();
  };

  private open(): void {
    const isCurrent = () => this.line === line;
    const line: Line = Line.open({
      endpoint: this.to.endpoint,
      credentials: this.to.credentials,
      onOpen: () => isCurrent() && this.to.opened(line),
      onConnected: () => isCurrent() && this.to.connected?.(),
      onLost: (loss) => isCurrent() && this.lost(loss),
    });
    this.line = line;
  }

  private lost(loss: Loss): void {
    this.dispose();
    if (loss === 'UNAUTHENTICATED') return this.to.lost(loss);
    // An expired bearer token is replaced at once; a new token that has already expired is a
    // failure.
    const isReplaced = loss === 'ENDED' && this.losses === 0;
    const wait = Math.min(backOffMs.last, backOffMs.first * 2 ** this.losses);
    this.losses += 1;
    this.back = window.setTimeout(this.comeBack, isReplaced ? 0 : wait * (0.5 + Math.random() / 2));
    this.to.lost(isReplaced ? 'ENDED' : 'BROKEN');
  }

  private dispose(): void {
    window.clearTimeout(this.back);
    this.back = 0;
    this.line?.close();
    this.line = null;
  }
}
