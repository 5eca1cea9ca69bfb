import { ProceedDocument, type AccessPartsFragment, type ProceedMutation } from '../generated/gate';
import type { Remark } from './gate-state';
import type { Fault } from '../api/fault';
import type { Line } from '../api/line';
import { PendingProceed } from './pending-proceed';
import type { Question } from './question';

/**
 * One Proceed at a time, from the click to the answer, over as many lines as needed: the token is
 * kept until it is answered, and sent again if its result is unknown.
 */
export class Proceeding {
  isUnderWay = false;
  private line: Line | null = null;
  private readonly pending: PendingProceed;

  constructor(
    private readonly of: {
      endpoint: string;
      asks: () => Question & { locale: string };
      /** The gate's present state, if the answer contains it, and the text to show. */
      answered: (access: AccessPartsFragment | null, remark: Remark | null) => void;
    },
  ) {
    this.pending = new PendingProceed(of.endpoint);
  }

  begin(line: Line, token: string): void {
    this.pending.keep(token);
    this.send(line, token);
  }

  /** Continues an unanswered Proceed over a new line. */
  resume(line: Line): void {
    const { token } = this.pending;
    if (token !== null) this.send(line, token);
  }

  /** The line is lost, and the answer with it; the token stays. */
  interrupt(): void {
    this.isUnderWay = false;
    this.line = null;
  }

  /** There is nothing to send again. */
  forget(): void {
    this.interrupt();
    this.pending.forget();
  }

  private send(line: Line, token: string): void {
    this.isUnderWay = true;
    this.line = line;
    line.request(ProceedDocument, { token, ...this.of.asks() }).then(
      ({ consumeDayPass }) => this.line === line && this.answered(consumeDayPass),
      (fault: Fault) => this.line === line && this.failed(fault),
    );
  }

  private answered(answer: ProceedMutation['consumeDayPass']): void {
    this.forget();
    const access = answer?.viewer.portalAccess ?? null;
    const error = answer?.userErrors[0];
    this.of.answered(access, error ? remarkOf(error) : null);
  }

  private failed(fault: Fault): void {
    // Kept if the pass may have been used even so: the gate reports it, or the token is sent again.
    if (fault.isPassing) this.interrupt();
    else this.forget();
    this.of.answered(null, 'LATER');
  }
}

function remarkOf({ code, message }: { code: string; message: string }): Remark {
  switch (code) {
    case 'CONFIRMATION_STALE':
    case 'CONFIRMATION_INVALID':
      return 'STALE';
    case 'CONFIRMATION_EXPIRED':
      return 'EXPIRED';
    default:
      return { said: message };
  }
}
