import { LitElement, type PropertyValues } from 'lit';
import type { Section } from '../generated/gate';
import { leftMs, nextChangeMs, runningMs } from './clock';
import type { GateEvents } from './events';
import { GateKeeper } from './gate-keeper';
import { drawGate, isPopUpOpen } from './gate-view';
import type { Credentials } from '../api/line';
import { look } from './look';
import { isSameQuestion, type Question } from './question';
import { nearestLanguage, type Language } from '../../core/notation/languages';
import { wordsOf } from './words';

/**
 * `<day-pass-gate>` shows its content while the agent has access to the agent portal. If that needs
 * a day pass, it asks; when the pass ends, it asks again.
 */
export class DayPassGate extends LitElement {
  static override styles = look;
  static override properties = {
    credentials: { attribute: false },
    endpoint: {},
    ticketId: { attribute: 'ticket-id' },
    ticketExternalId: { attribute: 'ticket-external-id' },
    section: {},
    locale: {},
    warnMinutes: { attribute: 'warn-minutes', type: Number },
    note: {},
  };

  /** Returns a bearer token of the agent; called at every connect. */
  declare credentials: Credentials | null;
  /** The address of the API. Default: the service that served this file. */
  declare endpoint: string | null;
  declare ticketId: string | null;
  declare ticketExternalId: string | null;
  declare section: Section;
  /** BCP 47. Default: the language of the page. */
  declare locale: string | null;
  /** How long before its end the warning about a pass is shown. */
  declare warnMinutes: number;
  /** A text of the page for the pop-up, such as why the last pass was taken back. */
  declare note: string | null;

  private keeper: GateKeeper | null = null;
  private tick = 0;
  private wasOpen = false;
  /** The question that the keeper asks now. */
  private asks: Question;

  constructor() {
    super();
    this.credentials = null;
    this.endpoint = null;
    this.ticketId = null;
    this.ticketExternalId = null;
    this.section = 'TICKETS';
    this.locale = null;
    this.warnMinutes = 15;
    this.note = null;
    this.asks = this.question();
  }

  /** Asks again, and opens the pop-up that was closed with "Not now". */
  open(): void {
    this.keeper?.reopen();
  }

  /** Starts again with new credentials: another person has signed in. */
  reconnect(): void {
    this.keeper?.restart();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected || !this.credentials) return;
    if (changed.has('endpoint') && this.keeper) this.leave();
    if (!this.keeper) return this.enter();
    const asks = this.question();
    if (!isSameQuestion(asks, this.asks)) {
      this.asks = asks;
      this.keeper.restart();
    } else if (changed.has('locale')) {
      this.keeper.ask();
    }
  }

  protected override render() {
    window.clearTimeout(this.tick);
    const { keeper } = this;
    if (!keeper) return null;
    const language = this.language();
    const warnMs = this.warnMinutes * 60_000;
    this.tickWithTheCountdown(keeper);
    const { note } = this;
    return drawGate({ keeper, words: wordsOf[language], language, warnMs, note });
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog || !this.keeper) return;
    const opens = isPopUpOpen(this.keeper);
    if (opens && !dialog.open) dialog.showModal();
    if (!opens && dialog.open) dialog.close();
    // The focus moves to the content when the agent has just got access.
    if (this.wasOpen && !opens) this.renderRoot.querySelector<HTMLElement>('.content')?.focus();
    this.wasOpen = opens;
  }

  private enter(): void {
    this.asks = this.question();
    const gate = this as DayPassGate;
    this.keeper = new GateKeeper({
      endpoint: this.endpoint ?? defaultEndpoint,
      get question() {
        return gate.asks;
      },
      get locale() {
        return gate.tag();
      },
      credentials: () => this.credentials?.(),
      changed: () => this.requestUpdate(),
      dispatch: (name, detail) => this.dispatch(name, { ...this.asks, ...detail }),
      words: () => wordsOf[this.language()],
    });
    this.keeper.start();
  }

  private leave(): void {
    window.clearTimeout(this.tick);
    this.keeper?.stop();
    this.keeper = null;
    this.wasOpen = false;
  }

  private question(): Question {
    const { ticketId, ticketExternalId, section } = this;
    return { ticketId: ticketId || null, ticketExternalId: ticketExternalId || null, section };
  }

  private tag(): string {
    const page = this.closest<HTMLElement>('[lang]')?.lang;
    return this.locale || page || navigator.language || 'en';
  }

  private language(): Language {
    return nearestLanguage(this.tag());
  }

  private dispatch(name: keyof GateEvents, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private tickWithTheCountdown({ state }: GateKeeper): void {
    if (state.kind !== 'granted' || state.until === null) return;
    const left = leftMs(Date.parse(state.until), state.reading, runningMs());
    if (left > 0) this.tick = window.setTimeout(() => this.requestUpdate(), nextChangeMs(left));
  }
}

/** `/graphql` beside the folder that this file is served from. */
const defaultEndpoint = new URL(/* @vite-ignore */ '../graphql', import.meta.url).href;

// A page may name the file twice, in two releases: the first one stays.
if (!customElements.get('day-pass-gate')) customElements.define('day-pass-gate', DayPassGate);

declare global {
  interface HTMLElementTagNameMap {
    'day-pass-gate': DayPassGate;
  }
  interface HTMLElementEventMap {
    'day-pass-granted': CustomEvent<GateEvents['day-pass-granted']>;
    'day-pass-expired': CustomEvent<GateEvents['day-pass-expired']>;
    'day-pass-denied': CustomEvent<GateEvents['day-pass-denied']>;
  }
}
