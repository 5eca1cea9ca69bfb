import type { Fault } from '../api/fault';
import type { Credentials, Line, Loss } from '../api/line';
import { LineKeeper } from '../api/line-keeper';
import { AskGateDocument, WatchGateDocument, type AccessPartsFragment } from '../generated/gate';
import { BalanceSubscription } from './balance-subscription';
import { leftMs, runningMs } from './clock';
import type { Dispatch } from './events';
import type { GateState, GrantedState, Remark } from './gate-state';
import { NamedTimers } from './named-timers';
import { Proceeding } from './proceeding';
import type { Question } from './question';

/** The owner of a keeper. */
export interface Page {
  endpoint: string;
  question: Question;
  locale: string;
  credentials: Credentials;
  /** The view must be drawn again. */
  changed: () => void;
  dispatch: Dispatch;
  words: () => { notNow: string; signedOut: string; misasked: string };
}

/** The wait before asking again after a temporary fault. */
const askAgainMs = 2_000;
/** How long before its confirmation expires an open pop-up gets a new one. */
const renewAheadMs = 10_000;
/** When access has ended by the countdown, the service has this much time to report otherwise. */
const graceMs = 3_000;

/**
 * Keeps the gate: receives the decisions of the service, asks when a pop-up must be shown, proceeds
 * once. What was received over a line is dropped when the line is lost; the next line is asked for
 * the present state.
 */
export class GateKeeper {
  state: GateState = { kind: 'asking' };
  /** Whether the view shows the present state of the service. */
  isLive = false;
  /** Whether a connection was lost and there is no other yet; the view shows that. */
  isLost = false;

  private readonly lines: LineKeeper;
  /** The number of the last question: only its answer counts. */
  private asked = 0;
  /**
   * The instant of the newest decision over this line. Answers and stream messages can overtake
   * each other: an older decision must not replace a newer one.
   */
  private decidedAtMs = 0;
  private remark: Remark | null = null;
  private announced = '';
  private readonly proceeding: Proceeding;
  private readonly balance = new BalanceSubscription((balance) => {
    if (this.state.kind === 'required') this.show({ ...this.state, balance });
  });
  private readonly timers = new NamedTimers<'again' | 'end' | 'grace'>();

  constructor(private readonly page: Page) {
    this.proceeding = new Proceeding({
      endpoint: page.endpoint,
      asks: () => ({ ...page.question, locale: page.locale }),
      answered: (access, remark) => this.proceeded(access, remark),
    });
    this.lines = new LineKeeper({
      endpoint: page.endpoint,
      credentials: () => page.credentials(),
      opened: (line) => this.subscribe(line),
      lost: (loss) => this.lost(loss),
    });
  }

  start(): void {
    document.addEventListener('visibilitychange', this.lookAgain);
    this.lines.start();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.lookAgain);
    this.dispose();
    this.lines.stop();
  }

  /** Starts again: for another person, or for another question. */
  restart(): void {
    this.dispose();
    this.proceeding.forget();
    this.isLost = false;
    this.remark = null;
    this.announced = '';
    this.show({ kind: 'asking' });
    this.lines.renew();
  }

  /** A Proceed is under way. */
  get isEntering(): boolean {
    return this.proceeding.isUnderWay;
  }

  private get line(): Line | null {
    return this.lines.line;
  }

  /** The agent agrees. Even if this is called several times, only one token is sent. */
  proceed(): void {
    const { state, line } = this;
    if (state.kind !== 'required' || !state.confirmation) return;
    if (this.isEntering || !this.isLive || !line) return;
    this.timers.clear('again');
    // Answers to earlier questions are out of date.
    this.asked += 1;
    this.proceeding.begin(line, state.confirmation.token);
    this.page.changed();
  }

  /** Not now. */
  decline(): void {
    const { state } = this;
    if (state.kind !== 'required' || this.isEntering || state.isDeclined) return;
    this.timers.clear('again');
    this.proceeding.forget();
    this.balance.end();
    this.show({ ...state, isDeclined: true, remark: null });
    this.page.dispatch('day-pass-denied', { reason: 'NOT_NOW', message: this.page.words().notNow });
  }

  /** Opens the pop-up again, or tries again after a failure. */
  reopen(): void {
    const { state } = this;
    if (state.kind === 'signed-out' || state.kind === 'misasked') return this.restart();
    if (state.kind === 'required' && state.isDeclined) this.show({ kind: 'asking' });
    this.ask();
  }

  /** Asks for the present decision of the gate. */
  ask(): void {
    const { line, page } = this;
    if (!line || !this.isLive) return;
    const turn = (this.asked += 1);
    this.timers.clear('again');
    line.request(AskGateDocument, { ...page.question, locale: page.locale }).then(
      ({ viewer }) => {
        if (turn === this.asked && line === this.line) this.apply(viewer.portalAccess);
      },
      (fault: Fault) => {
        if (turn === this.asked && line === this.line) this.failed(fault);
      },
    );
  }

  private subscribe(line: Line): void {
    const { ticketId, ticketExternalId, section } = this.page.question;
    const isCurrent = () => this.line === line;
    line.subscribe(
      WatchGateDocument,
      { ticketId, ticketExternalId, section },
      {
        next: ({ portalAccessChanged }) => isCurrent() && this.receive(portalAccessChanged),
        fault: (fault) => isCurrent() && this.streamFailed(fault),
      },
    );
    this.proceeding.resume(line);
  }

  private receive(access: AccessPartsFragment): void {
    const wasLive = this.isLive;
    this.isLive = true;
    this.isLost = false;
    this.lines.isWell();
    const decidedAtMs = Date.parse(access.now);
    if (decidedAtMs <= this.decidedAtMs) return this.isEntering ? undefined : this.ask();
    if (access.allowed) return this.apply(access);
    // Messages of a stream have no confirmation, and are in English.
    if (this.isEntering) return wasLive ? undefined : this.page.changed();
    if (this.state.kind === 'granted') this.end(this.endsEarlyAt(decidedAtMs));
    else this.page.changed();
    this.ask();
  }

  private lost(loss: Loss): void {
    this.dispose();
    this.isLost = loss === 'BROKEN';
    if (loss === 'UNAUTHENTICATED') {
      this.proceeding.forget();
      this.refuse({ kind: 'signed-out' });
      return;
    }
    this.page.changed();
    this.countDown();
  }

  /** Drops everything that was received over the line. A Proceed under way stays pending. */
  private dispose(): void {
    this.isLive = false;
    this.proceeding.interrupt();
    this.decidedAtMs = 0;
    this.balance.forget();
    this.asked += 1;
    this.timers.clearAll();
  }

  /** After a sleep of the device the countdown may be wrong, and a dead socket is found sooner. */
  private readonly lookAgain = (): void => {
    const asksOfItself = this.state.kind !== 'required' || !this.state.isDeclined;
    if (document.visibilityState === 'visible' && asksOfItself && !this.isEntering) this.ask();
  };

  private streamFailed(fault: Fault): void {
    if (fault.isPassing) return this.lines.drop();
    this.failed(fault);
  }

  private failed(fault: Fault): void {
    if (fault.isPassing) return this.timers.set('again', askAgainMs, () => this.ask());
    console.warn(`day-pass-gate: ${fault.code}`);
    this.refuse({ kind: 'misasked' });
  }

  private refuse(state: { kind: 'signed-out' | 'misasked' }): void {
    if (this.state.kind === 'granted') this.end(true);
    this.show(state);
    const { signedOut, misasked } = this.page.words();
    this.page.dispatch(
      'day-pass-denied',
      state.kind === 'signed-out'
        ? { reason: 'UNAUTHENTICATED', message: signedOut }
        : { reason: 'BAD_REQUEST', message: misasked },
    );
  }

  private proceeded(access: AccessPartsFragment | null, remark: Remark | null): void {
    if (!access?.allowed) this.remark = remark;
    // The answer to a mutation may come without what a pop-up needs.
    const isWhole = access?.__typename !== 'DayPassRequired' || access.confirmation;
    if (access && isWhole) this.apply(access);
    else this.ask();
  }

  private apply(access: AccessPartsFragment): void {
    const reading = { serviceMs: Date.parse(access.now), readAtMs: runningMs() };
    if (reading.serviceMs < this.decidedAtMs) return this.ask();
    this.decidedAtMs = reading.serviceMs;
    this.isLive = true;
    // By `allowed`, not by kind: kinds may be added.
    if (access.allowed) {
      const { basis, until = null, dayPass } = access as GrantedAccess;
      const dayPassId = dayPass?.id ?? null;
      const there = dayPass && { local: dayPass.expiresAtLocal, timeZone: dayPass.timeZone };
      return this.grant({
        kind: 'granted',
        basis,
        until,
        dayPassId,
        there: there ?? null,
        reading,
      });
    }
    if (this.state.kind === 'granted') this.end(this.endsEarlyAt(reading.serviceMs));
    if (access.__typename === 'DayPassRequired') return this.require(access, reading.serviceMs);
    const { reason, message = '' } = access as DeniedAccess;
    this.remark = null;
    this.balance.end();
    this.show({ kind: 'denied', reason, message });
    const announcement = JSON.stringify(['denied', reason]);
    if (announcement === this.announced) return;
    this.announced = announcement;
    this.page.dispatch('day-pass-denied', { reason, message });
  }

  private grant(state: GrantedState): void {
    this.proceeding.forget();
    this.remark = null;
    this.balance.end();
    this.show(state);
    this.countDown();
    const { basis, until, dayPassId } = state;
    const announcement = JSON.stringify(['granted', basis, until, dayPassId]);
    if (announcement === this.announced) return;
    this.announced = announcement;
    this.page.dispatch('day-pass-granted', { basis, until, dayPassId });
  }

  private require(access: RequiredAccess, serviceMs: number): void {
    const { confirmation, ticketNumber, wallet } = access;
    const before = this.state.kind === 'required' ? this.state : null;
    const hasChanged =
      before?.confirmation && confirmation && before.confirmation.notice !== confirmation.notice;
    const remark = this.remark ?? (hasChanged ? 'CHANGED' : (before?.remark ?? null));
    const isDeclined = before?.isDeclined ?? false;
    this.remark = null;
    this.announced = 'required';
    const balance = confirmation?.balance ?? null;
    this.show({
      kind: 'required',
      confirmation,
      walletId: wallet.id,
      ticketNumber,
      balance,
      remark,
      isDeclined,
    });
    if (isDeclined) return;
    this.balance.begin(this.line, wallet.id);
    const lastsMs = confirmation
      ? Date.parse(confirmation.expiresAt) - serviceMs - renewAheadMs
      : askAgainMs;
    this.timers.set('again', Math.max(askAgainMs, lastsMs), () => this.ask());
  }

  /**
   * Waits for the end of access: the service reports it, or the countdown does if there is no
   * connection.
   */
  private countDown(): void {
    const { state } = this;
    if (state.kind !== 'granted' || state.until === null) return this.timers.clear('end');
    const left = leftMs(Date.parse(state.until), state.reading, runningMs());
    this.timers.set('end', left, () => {
      if (this.state !== state) return;
      if (!this.isLive) return this.end(false);
      this.ask();
      this.timers.set('grace', graceMs, () => this.state === state && this.end(false));
    });
  }

  /** Access has ended: the content is hidden before anything else is asked. */
  private end(endedEarly: boolean): void {
    const { state } = this;
    if (state.kind !== 'granted') return;
    const { until, dayPassId } = state;
    this.timers.clear('end');
    this.timers.clear('grace');
    this.announced = '';
    if (!endedEarly) this.remark = 'ENDED';
    this.show({ kind: 'asking' });
    this.page.dispatch('day-pass-expired', { until, dayPassId, endedEarly });
  }

  private endsEarlyAt(serviceMs: number): boolean {
    const { state } = this;
    return state.kind === 'granted' && !(state.until && serviceMs >= Date.parse(state.until));
  }

  private show(state: GateState): void {
    this.state = state;
    this.page.changed();
  }
}

type GrantedAccess = Extract<AccessPartsFragment, { __typename: 'PortalAccessGranted' }>;
type RequiredAccess = Extract<AccessPartsFragment, { __typename: 'DayPassRequired' }>;
type DeniedAccess = Extract<AccessPartsFragment, { __typename: 'PortalAccessDenied' }>;
