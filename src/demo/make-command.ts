import type { Attribution } from '../access/audit';
import type { Language } from '../core/notation/languages';
import { renderNotice } from '../access/notice';
import { newId } from '../core/ids';
import type { Command } from '../ledger/commands';
import type { Consume } from '../ledger/books/consume';
import type { Actor } from '../ledger/model/ledger';
import { listPrice } from '../ledger/books/price.rules';
import { localDayOf } from '../time/local-day';
import type { OpenAccount } from './open-account';
import { idOf } from './random';
import type { Act } from './step';

type Enter = Extract<Act, { kind: 'enter' }>;
/** The gate's text: the same for all agents who enter in one zone at one instant. */
type Shown = Pick<Consume, 'localDate' | 'passExpiresAtMs' | 'price' | 'notice' | 'locale'>;

/** How long a confirmation would still have been good when it was spent. */
const confirmationLeftMs = 240_000;

/** Turns the events of an account's past into the ledger's commands, the same each time. */
export class CommandMaker {
  private readonly shown = new Map<string, Shown>();
  private shownAtMs = 0;
  private readonly admin: Actor;

  constructor(private readonly account: OpenAccount) {
    this.admin = { kind: 'AGENT', id: account.adminId };
  }

  async make(act: Exclude<Act, { kind: 'end' }>, atMs: number): Promise<Command> {
    const { walletId } = this.account;
    const id = newId();
    switch (act.kind) {
      case 'enter':
        return this.enter(act, atMs);
      case 'take-back': {
        const confirmationId = this.confirmationOf(act.email, act.enteredAtMs);
        const consumptionId = await this.account.consumptionOf(confirmationId);
        return {
          kind: 'reverse',
          id,
          actor: this.admin,
          audit: this.audit(),
          consumptionId,
          reason: act.reason,
        };
      }
      case 'buy':
        return this.buy(act, atMs);
      case 'give': {
        const { quantity, expiresAtMs, reason } = act;
        const key = `demo: ${reason}`;
        const given = { quantity, expiresAtMs, reason, key, keyInput: inputOf(key) };
        return {
          kind: 'grant',
          id,
          actor: this.admin,
          audit: this.audit(),
          walletId,
          ...given,
        };
      }
      case 'set-wallet': {
        const { lowBalanceThreshold, emergencyAllowance } = act;
        return {
          kind: 'update-wallet',
          id,
          walletId,
          lowBalanceThreshold,
          emergencyAllowance,
          audit: this.audit(),
        };
      }
      case 'deactivate':
        return {
          kind: 'change-agent',
          id,
          actor: this.admin,
          audit: this.audit(),
          agentId: this.agent(act.email).id,
          status: 'DEACTIVATED',
        };
    }
  }

  private enter({ email, ticket, section, emergency }: Enter, atMs: number): Consume {
    const { id: agentId, timeZone } = this.agent(email);
    const shown = this.show(timeZone, emergency, atMs);
    return {
      kind: 'consume',
      id: newId(),
      agentId,
      walletId: this.account.walletId,
      ticketId: ticket === null ? null : this.account.ticketIds.get(ticket)!,
      source: ticket === null ? 'PORTAL' : 'TICKET',
      section,
      confirmationId: this.confirmationOf(email, atMs),
      confirmationExpiresAtMs: Math.min(atMs + confirmationLeftMs, shown.passExpiresAtMs),
      timeZone,
      ...shown,
      emergency,
      noticeDiffers: false,
      sessionKeyId: null,
    };
  }

  private show(timeZone: string, emergency: boolean, atMs: number): Shown {
    if (this.shownAtMs !== atMs) this.shown.clear();
    this.shownAtMs = atMs;
    const known = this.shown.get(`${timeZone} ${emergency}`);
    if (known) return known;
    const { localDate, endsAtMs: passExpiresAtMs } = localDayOf(atMs, timeZone);
    const price = listPrice(this.account.prices, { quantity: 1, nowMs: atMs });
    const language = languageIn(timeZone);
    const facts = { language, timeZone, passExpiresAtMs, localDate, price, emergency };
    const shown = {
      localDate,
      passExpiresAtMs,
      price,
      notice: renderNotice(facts),
      locale: language,
    };
    this.shown.set(`${timeZone} ${emergency}`, shown);
    return shown;
  }

  /** At the list price; if an operator's list has no price for the account, as a gift. */
  private buy({ quantity, order }: Extract<Act, { kind: 'buy' }>, atMs: number): Command {
    const { walletId, prices } = this.account;
    const key = `demo: order ${order}`;
    const audit = this.audit();
    const credit = { id: newId(), actor: this.admin, audit, walletId, quantity, key };
    const keyInput = inputOf(quantity);
    if (listPrice(prices, { quantity, nowMs: atMs })) {
      return { kind: 'purchase', ...credit, expectedTotal: null, keyInput };
    }
    return { kind: 'grant', ...credit, reason: `Order ${order}`, expiresAtMs: null, keyInput };
  }

  /** As if the admin had done it on the pages. */
  private audit(): Attribution {
    const requestId = newId();
    return {
      actor: { kind: 'AGENT', id: this.account.adminId },
      origin: { door: 'http', ip: null, userAgent: null, requestId },
    };
  }

  private confirmationOf(email: string, atMs: number): string {
    return idOf(`confirmation ${this.account.accountId} ${email} ${atMs}`);
  }

  private agent(email: string): { id: string; timeZone: string } {
    const agent = this.account.agents.get(email);
    if (!agent) throw new Error(`The demo data names ${email}, but this agent does not exist.`);
    return agent;
  }
}

/** The language of the portal for agents there; all others have English. */
function languageIn(timeZone: string): Language {
  const city = timeZone.split('/').at(-1)!;
  if (['Berlin', 'Vienna', 'Zurich'].includes(city)) return 'de';
  if (['Santiago', 'Mexico_City', 'Bogota', 'Lima', 'Madrid', 'Tijuana'].includes(city))
    return 'es';
  return city === 'Tokyo' ? 'ja' : 'en';
}

/** The walk repeats itself exactly: its keys need nothing else of their input. */
function inputOf(given: string | number): { meant: unknown[]; written: unknown[] } {
  return { meant: [given], written: [given] };
}
