import { Line, type Credentials, type Loss } from './line';

/** The first wait before coming back; doubled each time, as far as the last, with some chance in it. */
const backOffMs = { first: 400, last: 30_000 };

/** Keeps a line open: where one is lost it opens another, later each time, and at once when it may go well. */
export class LineKeeper {
  /** The line that there is; null between two. */
  line: Line | null = null;
  private isRunning = false;
  private losses = 0;
  private back = 0;

  constructor(
    private readonly to: {
      endpoint: string;
      credentials: Credentials;
      /** A line can be used; what was asked over the one before is to be asked again. */
      opened: (line: Line) => void;
      /** The service has let the line in. */
      connected?: () => void;
      /** The line is gone. Where the credentials are of no use, none is opened by itself. */
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

  /** The service answers: the next loss is a first one again. */
  isWell(): void {
    this.losses = 0;
  }

  /** Gives the line up, as one that is broken. */
  readonly drop = (): void => this.line?.drop();

  private readonly comeBack = (): void => {
    // Only where a return is due: one who is signed out waits for a person.
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
    // A bearer that ends is replaced at once; one that has ended when it comes is a failure.
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
