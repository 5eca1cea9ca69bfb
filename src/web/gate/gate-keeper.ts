import {
  AskGateDocument,
  HearBalanceDocument,
  HearGateDocument,
  ProceedDocument,
  type AccessPartsFragment,
  type PortalAccessDenialReason,
  type ProceedMutation,
} from '../generated/gate';
import { leftMs, runningMs } from './clock';
import type { Tell } from './events';
import type { GateState, GrantedState, Remark } from './gate-state';
import { Line, type Credentials, type Fault, type Loss } from './line';
import { PendingProceed } from './pending-proceed';
import type { Question } from './question';

/** Whom a keeper works for. */
export interface Page {
  endpoint: string;
  question: Question;
  locale: string;
  credentials: Credentials;
  /** Something is to be shown anew. */
  changed: () => void;
  tell: Tell;
  words: () => { notNow: string; signedOut: string; misasked: string };
}

/** The first wait before coming back; doubled each time, as far as the last, with some chance in it. */
const backOffMs = { first: 400, last: 30_000 };
/** A fault that passes is worth another question, and not at once. */
const askAgainMs = 2_000;
/** A pop-up that stays open gets a fresh confirmation that long before its own ends. */
const renewAheadMs = 10_000;
/** When access has run out by our own count, the service has this long to say otherwise. */
const graceMs = 3_000;

/**
 * Keeps the gate: hears what the service decides, asks when a pop-up is to be shown, proceeds once.
 * Whatever a line said ends with it; the next one is asked for the present state.
 */
export class GateKeeper {
  state: GateState = { kind: 'asking' };
  /** Whether what is shown is what the service says now. */
  isLive = false;
  /** A Proceed is under way. */
  isEntering = false;

  private line: Line | null = null;
  private isRunning = false;
  private losses = 0;
  /** Numbers the questions: only the last one's answer counts. */
  private asked = 0;
  private remark: Remark | null = null;
  private leaveBalance: (() => void) | null = null;
  private toldAccess = '';
  private readonly pending: PendingProceed;
  private readonly timers: Partial<Record<'back' | 'again' | 'end' | 'grace', number>> = {};

  constructor(private readonly page: Page) {
    this.pending = new PendingProceed(page.endpoint);
  }

  start(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    window.addEventListener('online', this.comeBack);
    window.addEventListener('offline', this.dropLine);
    document.addEventListener('visibilitychange', this.lookAgain);
    this.connect();
  }

  stop(): void {
    this.isRunning = false;
    window.removeEventListener('online', this.comeBack);
    window.removeEventListener('offline', this.dropLine);
    document.removeEventListener('visibilitychange', this.lookAgain);
    this.letGo();
  }

  /** Begins anew: for another person, or for another question. */
  restart(): void {
    if (!this.isRunning) return;
    this.letGo();
    this.toldAccess = '';
    this.show({ kind: 'asking' });
    this.connect();
  }

  /** The agent agrees. However often it is called, one token is on its way. */
  proceed(): void {
    const { state } = this;
    if (state.kind !== 'required' || !state.confirmation) return;
    if (this.isEntering || !this.isLive) return;
    this.pending.keep(state.confirmation.token);
    this.send(state.confirmation.token);
  }

  /** Not now. */
  decline(): void {
    const { state } = this;
    if (state.kind !== 'required' || this.isEntering || state.isDeclined) return;
    this.clear('again');
    this.pending.forget();
    this.unhearBalance();
    this.show({ ...state, isDeclined: true, remark: null });
    this.page.tell('day-pass-denied', { reason: 'NOT_NOW', message: this.page.words().notNow });
  }

  /** Opens the pop-up again, or tries again where nothing could be done. */
  reopen(): void {
    const { state } = this;
    if (state.kind === 'signed-out' || state.kind === 'misasked') return this.restart();
    if (state.kind === 'required' && state.isDeclined) this.show({ kind: 'asking' });
    this.ask();
  }

  /** Asks what the gate says now. */
  ask(): void {
    const { line, page } = this;
    if (!line || !this.isLive) return;
    const turn = (this.asked += 1);
    this.clear('again');
    line.request(AskGateDocument, { ...page.question, locale: page.locale }).then(
      ({ viewer }) => {
        if (turn === this.asked && line === this.line) this.apply(viewer.portalAccess);
      },
      (fault: Fault) => {
        if (turn === this.asked && line === this.line) this.failed(fault);
      },
    );
  }

  private connect(): void {
    const isCurrent = () => this.line === line;
    const line: Line = Line.open({
      endpoint: this.page.endpoint,
      credentials: () => this.page.credentials(),
      onOpen: () => isCurrent() && this.hear(line),
      onLost: (loss) => isCurrent() && this.lost(loss),
    });
    this.line = line;
  }

  private hear(line: Line): void {
    const { ticketId, ticketExternalId, section } = this.page.question;
    const isCurrent = () => this.line === line;
    line.hear(
      HearGateDocument,
      { ticketId, ticketExternalId, section },
      {
        next: ({ portalAccessChanged }) => isCurrent() && this.heard(portalAccessChanged),
        fault: (fault) => isCurrent() && this.streamFailed(fault),
      },
    );
    const { token } = this.pending;
    if (token !== null) this.send(token);
  }

  private heard(access: AccessPartsFragment): void {
    const wasLive = this.isLive;
    this.isLive = true;
    this.losses = 0;
    if (access.allowed) return this.apply(access);
    // What a stream says comes without a confirmation, and in English.
    if (this.isEntering) return wasLive ? undefined : this.page.changed();
    if (this.state.kind === 'granted') this.end(this.endsEarlyAt(Date.parse(access.now)));
    else this.page.changed();
    this.ask();
  }

  private lost(loss: Loss): void {
    this.letGo();
    if (loss === 'UNAUTHENTICATED') {
      this.pending.forget();
      this.refuse({ kind: 'signed-out' });
      return;
    }
    this.page.changed();
    this.countDown();
    const wait = Math.min(backOffMs.last, backOffMs.first * 2 ** this.losses);
    this.losses += 1;
    this.later('back', wait * (0.5 + Math.random() / 2), this.comeBack);
  }

  /** Lets go of the line and of all that came over it. A Proceed under way stays pending. */
  private letGo(): void {
    this.line?.close();
    this.line = null;
    this.isLive = false;
    this.isEntering = false;
    this.leaveBalance = null;
    this.asked += 1;
    for (const name of ['back', 'again', 'end', 'grace'] as const) this.clear(name);
  }

  private readonly comeBack = (): void => {
    if (!this.isRunning || this.line || this.state.kind === 'signed-out') return;
    this.clear('back');
    this.connect();
  };

  private readonly dropLine = (): void => this.line?.drop();

  /** After a sleep the count may be off, and a socket that died with it is found sooner. */
  private readonly lookAgain = (): void => {
    const asksOfItself = this.state.kind !== 'required' || !this.state.isDeclined;
    if (document.visibilityState === 'visible' && asksOfItself && !this.isEntering) this.ask();
  };

  private streamFailed(fault: Fault): void {
    if (fault.isPassing) return this.dropLine();
    this.failed(fault);
  }

  private failed(fault: Fault): void {
    if (fault.isPassing) return this.later('again', askAgainMs, () => this.ask());
    console.warn(`day-pass-gate: ${fault.code}`);
    this.refuse({ kind: 'misasked' });
  }

  private refuse(state: { kind: 'signed-out' | 'misasked' }): void {
    if (this.state.kind === 'granted') this.end(true);
    this.show(state);
    const { signedOut, misasked } = this.page.words();
    this.page.tell(
      'day-pass-denied',
      state.kind === 'signed-out'
        ? { reason: 'UNAUTHENTICATED', message: signedOut }
        : { reason: 'BAD_REQUEST', message: misasked },
    );
  }

  private send(token: string): void {
    const { line, page } = this;
    if (!line) return;
    this.isEntering = true;
    this.clear('again');
    // What was asked before is out of date.
    this.asked += 1;
    page.changed();
    line.request(ProceedDocument, { token, ...page.question, locale: page.locale }).then(
      ({ consumeDayPass }) => line === this.line && this.proceeded(consumeDayPass),
      (fault: Fault) => line === this.line && this.notProceeded(fault),
    );
  }

  private proceeded(answer: ProceedMutation['consumeDayPass']): void {
    this.pending.forget();
    this.isEntering = false;
    if (!answer) return this.ask();
    const [error] = answer.userErrors;
    const access = answer.viewer.portalAccess;
    if (error && !access.allowed) this.remark = remarkOf(error);
    // The answer to a mutation may come without what a pop-up needs.
    if (access.__typename === 'DayPassRequired' && !access.confirmation) return this.ask();
    this.apply(access);
  }

  private notProceeded(fault: Fault): void {
    this.isEntering = false;
    // Kept where it may have been done all the same: the gate says so, or the token is sent again.
    if (!fault.isPassing) this.pending.forget();
    this.remark = 'LATER';
    this.ask();
  }

  private apply(access: AccessPartsFragment): void {
    const heard = { serviceMs: Date.parse(access.now), heardAtMs: runningMs() };
    this.isLive = true;
    // By `allowed`, not by kind: kinds may be added.
    if (access.allowed) {
      const { basis, until = null, dayPass } = access as GrantedAccess;
      const pass = { dayPassId: dayPass?.id ?? null, timeZone: dayPass?.timeZone ?? null };
      return this.grant({ kind: 'granted', basis, until, ...pass, heard });
    }
    if (this.state.kind === 'granted') this.end(this.endsEarlyAt(heard.serviceMs));
    if (access.__typename === 'DayPassRequired') return this.require(access, heard.serviceMs);
    const { reason, message = '' } = access as DeniedAccess;
    this.remark = null;
    this.unhearBalance();
    this.show({ kind: 'denied', reason, message });
    const told = JSON.stringify(['denied', reason]);
    if (told === this.toldAccess) return;
    this.toldAccess = told;
    this.page.tell('day-pass-denied', { reason: reason as PortalAccessDenialReason, message });
  }

  private grant(state: GrantedState): void {
    this.pending.forget();
    this.isEntering = false;
    this.remark = null;
    this.unhearBalance();
    this.show(state);
    this.countDown();
    const { basis, until, dayPassId } = state;
    const told = JSON.stringify(['granted', basis, until, dayPassId]);
    if (told === this.toldAccess) return;
    this.toldAccess = told;
    this.page.tell('day-pass-granted', { basis, until, dayPassId });
  }

  private require(access: RequiredAccess, serviceMs: number): void {
    const { confirmation, ticketNumber, wallet } = access;
    const before = this.state.kind === 'required' ? this.state : null;
    const hasChanged =
      before?.confirmation && confirmation && before.confirmation.notice !== confirmation.notice;
    const remark = this.remark ?? (hasChanged ? 'CHANGED' : (before?.remark ?? null));
    const isDeclined = before?.isDeclined ?? false;
    this.remark = null;
    this.toldAccess = 'required';
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
    this.hearBalance(wallet.id);
    const lastsMs = confirmation
      ? Date.parse(confirmation.expiresAt) - serviceMs - renewAheadMs
      : askAgainMs;
    this.later('again', Math.max(askAgainMs, lastsMs), () => this.ask());
  }

  /** While the pop-up is open, the passes left are the wallet's as it is. */
  private hearBalance(walletId: string): void {
    this.unhearBalance();
    const change = (balance: number | null) => {
      if (this.state.kind === 'required') this.show({ ...this.state, balance });
    };
    this.leaveBalance =
      this.line?.hear(
        HearBalanceDocument,
        { walletId },
        {
          next: ({ dayPassWalletChanged }) => change(dayPassWalletChanged.wallet.balance),
          fault: () => change(null),
        },
      ) ?? null;
  }

  private unhearBalance(): void {
    this.leaveBalance?.();
    this.leaveBalance = null;
  }

  /** Waits for the end of access: the service tells it, and where it cannot be heard we do. */
  private countDown(): void {
    const { state } = this;
    if (state.kind !== 'granted' || state.until === null) return this.clear('end');
    const left = leftMs(Date.parse(state.until), state.heard, runningMs());
    this.later('end', left, () => {
      if (this.state !== state) return;
      if (!this.isLive) return this.end(false);
      this.ask();
      this.later('grace', graceMs, () => this.state === state && this.end(false));
    });
  }

  /** What was granted is over: its content is hidden before anything else is asked. */
  private end(endedEarly: boolean): void {
    const { state } = this;
    if (state.kind !== 'granted') return;
    const { until, dayPassId } = state;
    this.clear('end');
    this.clear('grace');
    this.toldAccess = '';
    if (!endedEarly) this.remark = 'ENDED';
    this.show({ kind: 'asking' });
    this.page.tell('day-pass-expired', { until, dayPassId, endedEarly });
  }

  private endsEarlyAt(serviceMs: number): boolean {
    const { state } = this;
    return state.kind === 'granted' && !(state.until && serviceMs >= Date.parse(state.until));
  }

  private show(state: GateState): void {
    this.state = state;
    this.page.changed();
  }

  private later(name: keyof typeof this.timers, ms: number, act: () => void): void {
    this.clear(name);
    this.timers[name] = window.setTimeout(act, Math.max(0, ms));
  }

  private clear(name: keyof typeof this.timers): void {
    window.clearTimeout(this.timers[name]);
  }
}

type GrantedAccess = Extract<AccessPartsFragment, { __typename: 'PortalAccessGranted' }>;
type RequiredAccess = Extract<AccessPartsFragment, { __typename: 'DayPassRequired' }>;
type DeniedAccess = Extract<AccessPartsFragment, { __typename: 'PortalAccessDenied' }>;

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
