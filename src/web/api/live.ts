import { apiAddress } from './address';
import type { Document } from './document';
import type { Fault } from './fault';
import type { Credentials, Line } from './line';
import { LineKeeper } from './line-keeper';

/** Whether what the page shows is kept up to date at this moment. */
export type LiveState = 'CONNECTING' | 'LIVE' | 'BROKEN';

/** The wait before a stream that the service could not begin is requested again. */
const retryAfterMs = 2_000;

/** One subscription, kept until its last listener leaves. */
interface Listening {
  begin(line: Line): void;
  end(): void;
}

/** All of a page's subscriptions, over one socket that is opened again whenever it is lost. */
export class Live {
  private readonly keeper: LineKeeper;
  private readonly listenings = new Set<Listening>();
  private readonly watchers = new Set<() => void>();
  private current: LiveState = 'CONNECTING';

  constructor(to: { credentials: Credentials; onUnauthenticated: () => void }) {
    this.keeper = new LineKeeper({
      // The account is known when the first listener comes.
      get endpoint() {
        return apiAddress();
      },
      credentials: to.credentials,
      opened: (line) => {
        for (const listening of this.listenings) listening.begin(line);
      },
      connected: () => this.become('LIVE'),
      lost: (loss) => {
        this.become('BROKEN');
        if (loss === 'UNAUTHENTICATED') to.onUnauthenticated();
      },
    });
  }

  get state(): LiveState {
    return this.current;
  }

  /** Reports every change of the state, until the returned function is called. */
  readonly watch = (changed: () => void): (() => void) => {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  };

  /**
   * Receives messages until the returned function is called, over the present line. `variables` is
   * called again at each line, so that a stream continues after the last received cursor.
   */
  subscribe<Result, Variables>(
    document: Document<Result, Variables>,
    variables: () => Variables,
    sink: { next: (result: Result) => void; fault: (fault: Fault) => void },
  ): () => void {
    let end = () => {};
    let again = 0;
    const listening: Listening = {
      begin: (line) => {
        window.clearTimeout(again);
        end = line.subscribe(document, variables(), {
          next: (result) => {
            // Not at the connection alone: it may be accepted and then fail, again and again.
            this.keeper.isWell();
            sink.next(result);
          },
          fault: (fault) => {
            if (!fault.isPassing) return sink.fault(fault);
            again = window.setTimeout(() => {
              if (this.keeper.line === line) listening.begin(line);
            }, retryAfterMs);
          },
        });
      },
      end: () => {
        window.clearTimeout(again);
        end();
      },
    };
    this.listenings.add(listening);
    // The socket is opened for the first listener.
    if (this.listenings.size === 1) this.keeper.start();
    else if (this.keeper.line) listening.begin(this.keeper.line);
    return () => {
      listening.end();
      this.listenings.delete(listening);
      if (this.listenings.size > 0) return;
      this.keeper.stop();
      this.become('CONNECTING');
    };
  }

  private become(state: LiveState): void {
    if (this.current === state) return;
    this.current = state;
    for (const changed of this.watchers) changed();
  }
}
