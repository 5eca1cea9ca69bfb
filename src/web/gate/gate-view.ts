import { html, nothing, type TemplateResult } from 'lit';
import { writeDuration } from '../../core/notation/duration';
import type { Language } from '../../core/notation/languages';
import { writeZone } from '../../core/notation/zone';
import { readLocal } from '../format/local';
import { writeClock } from '../format/times';
import { leftMs, partsOf, runningMs } from './clock';
import type { GateKeeper } from './gate-keeper';
import type { GrantedState, RequiredState } from './gate-state';
import type { Words } from './words';

/** The input of a view. */
export interface Drawn {
  keeper: GateKeeper;
  words: Words;
  language: Language;
  /** How long before the end the warning is shown, in milliseconds. */
  warnMs: number;
  /** What the page adds to the pop-up. */
  note: string | null;
}

/**
 * True for an act of a person, not of a script: browsers mark events so. A script in the page can
 * still send any request with the page's bearer token; this only prevents that a stray `click()`
 * agrees.
 */
const ofPerson = (act: () => void) => (event: Event) => {
  if (event.isTrusted) act();
};

/** Everything except the pop-up. */
export function drawGate(drawn: Drawn): TemplateResult {
  const { keeper, language } = drawn;
  const { state } = keeper;
  return html`<div lang=${language}>
      ${state.kind === 'granted' ? drawStatus(drawn, state) : drawPanel(drawn)}
      <p class="unseen" role="status">${announced(drawn)}</p>
      ${drawDialog(drawn)}
    </div>
    ${
      state.kind === 'granted'
        ? html`<div class="content" part="content" tabindex="-1"><slot></slot></div>`
        : nothing
    }`;
}

/** The status line above the portal: the time that is left, or nothing for a full-time agent. */
function drawStatus({ keeper, words, language, warnMs }: Drawn, state: GrantedState) {
  const offline = keeper.isLost ? html`<span>${words.notLive}</span>` : nothing;
  if (state.until === null) {
    return keeper.isLost ? html`<div class="status" part="status">${offline}</div>` : nothing;
  }
  const left = leftMs(Date.parse(state.until), state.reading, runningMs());
  const time = writeDuration(partsOf(left), language);
  const warns = left <= warnMs;
  return html`<div class="status ${warns ? 'warns' : ''}" part="status">
    <span role="timer" aria-label=${words.dayPass} dir="auto"
      >${warns ? words.endsSoon(time) : `${words.dayPass}: ${words.left(time)}`}</span
    >
    ${offline}
  </div>`;
}

/** The content in place of the portal while the agent has no access. */
function drawPanel({ keeper, words }: Drawn) {
  const { state, isLost } = keeper;
  const again = (label: string) =>
    html`<button type="button" class="main" @click=${ofPerson(() => keeper.reopen())}>
      ${label}
    </button>`;
  const offline = html`<p class="remark" dir="auto">${words.notLive}</p>`;
  switch (state.kind) {
    case 'asking':
      return html`<div class="panel quiet" part="panel">
        <p dir="auto">${isLost ? words.notLive : words.asking}</p>
      </div>`;
    case 'required':
      // While the pop-up is open, nothing is shown behind it.
      if (!state.isDeclined) return nothing;
      return html`<div class="panel" part="panel">
        <p dir="auto">${words.declined}</p>
        ${isLost ? offline : again(words.usePass)}
      </div>`;
    case 'denied':
      return html`<div class="panel" part="panel">
        <h2 dir="auto">${words.noAccess}</h2>
        <p dir="auto">${state.message}</p>
        ${isLost ? offline : again(words.tryAgain)}
      </div>`;
    case 'signed-out':
    case 'misasked':
      return html`<div class="panel" part="panel">
        <h2 dir="auto">${words.noAccess}</h2>
        <p dir="auto">${state.kind === 'misasked' ? words.misasked : words.signedOut}</p>
        ${again(words.tryAgain)}
      </div>`;
    case 'granted':
      return nothing;
  }
}

/** What a screen reader announces outside the pop-up; each text once. */
function announced({ keeper, words, language, warnMs }: Drawn): string {
  const { state } = keeper;
  if (keeper.isLost && !isPopUpOpen(keeper)) return words.notLive;
  switch (state.kind) {
    case 'granted': {
      if (state.until === null || state.there === null) return words.granted;
      const { local, timeZone } = state.there;
      const left = leftMs(Date.parse(state.until), state.reading, runningMs());
      if (left > warnMs) {
        return words.grantedUntil(
          writeClock(readLocal(local), 'weekday', language),
          writeZone(timeZone, language),
        );
      }
      // Announced once and not every second: it names the time that was left when the warning
      // began.
      const leftThen = leftMs(Date.parse(state.until), state.reading, state.reading.readAtMs);
      return words.endsSoon(writeDuration(partsOf(Math.min(warnMs, leftThen)), language));
    }
    case 'denied':
      return state.message;
    case 'signed-out':
      return words.signedOut;
    case 'misasked':
      return words.misasked;
    case 'asking':
    case 'required':
      return '';
  }
}

/** Whether a decision is needed now. */
export function isPopUpOpen({ state }: GateKeeper): boolean {
  return state.kind === 'required' && !state.isDeclined;
}

/** The pop-up. It always exists, and is shown as a modal dialog while a decision is needed. */
function drawDialog(drawn: Drawn): TemplateResult {
  const { keeper, words } = drawn;
  const { state } = keeper;
  const open = state.kind === 'required' && !state.isDeclined ? state : null;
  return html`<dialog
    part="dialog"
    aria-labelledby="title"
    aria-describedby="notice"
    @cancel=${(event: Event) => {
      event.preventDefault();
      keeper.decline();
    }}
    @close=${({ target }: Event) => {
      // A browser may close it against our will; a close by our own code needs no answer.
      if (!(target as HTMLDialogElement).open && isPopUpOpen(keeper)) keeper.decline();
    }}
    @keydown=${keepFocusInside}
  >
    ${open ? drawQuestion(drawn, open) : html`<h2 id="title">${words.title}</h2>`}
  </dialog>`;
}

function drawQuestion({ keeper, words, language, note }: Drawn, state: RequiredState) {
  const { confirmation, ticketNumber } = state;
  const { isLive, isLost, isEntering } = keeper;
  const canProceed = isLive && confirmation !== null && !isEntering;
  const title = ticketNumber === null ? words.title : words.titleForTicket(ticketNumber);
  // The heading gets the focus: a key press that was meant for the page must not agree.
  return html`<h2 id="title" tabindex="-1" autofocus dir="auto">${title}</h2>
    <p id="notice" part="notice" dir="auto" lang=${confirmation?.locale ?? language}>
      ${confirmation?.notice ?? (isLive ? words.dayEnds : '')}
    </p>
    ${confirmation ? drawFacts(state, isLive, words) : nothing}
    <p class="remark" dir="auto">${note ?? ''}</p>
    <p class="remark" role="alert" dir="auto">${remarkOf(state, words)}</p>
    <p class="remark" role="status" dir="auto">${isLost ? words.notLive : ''}</p>
    <div class="buttons">
      <button
        type="button"
        part="not-now"
        aria-disabled=${String(isEntering)}
        @click=${ofPerson(() => keeper.decline())}
      >
        ${words.notNow}
      </button>
      <button
        type="button"
        part="proceed"
        class="main"
        aria-disabled=${String(!canProceed)}
        @click=${ofPerson(() => keeper.proceed())}
      >
        ${isEntering ? words.entering : words.proceed}
      </button>
    </div>`;
}

/** What the notice does not say: it names the day, the end and the price. */
function drawFacts({ balance }: RequiredState, isLive: boolean, words: Words) {
  return html`<p dir="auto">${words.allTickets}</p>
    <dl part="facts">
      <div>
        <dt>${words.passesLeft}</dt>
        <dd data-fact="balance">${isLive && balance !== null ? balance : '–'}</dd>
      </div>
    </dl>`;
}

function remarkOf({ remark }: RequiredState, words: Words): string {
  if (remark === null) return '';
  if (typeof remark === 'object') return remark.said;
  switch (remark) {
    case 'STALE':
      return words.stale;
    case 'EXPIRED':
      return words.expired;
    case 'CHANGED':
      return words.changed;
    case 'LATER':
      return words.later;
    case 'ENDED':
      return words.hasEnded;
  }
}

/** The Tab key stays in the dialog; by default it would also visit the browser's own buttons. */
function keepFocusInside(event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const dialog = event.currentTarget as HTMLDialogElement;
  const buttons = [...dialog.querySelectorAll('button')];
  const focused = (dialog.getRootNode() as ShadowRoot).activeElement;
  const at = buttons.indexOf(focused as HTMLButtonElement);
  const isLeaving = event.shiftKey ? at <= 0 : at === buttons.length - 1;
  if (!isLeaving) return;
  event.preventDefault();
  buttons.at(event.shiftKey ? -1 : 0)?.focus();
}
