import {
  confirmationLifetimeMs,
  hashNotice,
  signConfirmation,
} from '../../access/confirmation-token';
import { decideAccess, type Section } from '../../access/gate.rules';
import { nearestLanguage, type Language } from '../../core/notation/languages';
import { denialMessage, renderNotice } from '../../access/notice';
import type { RequestContext } from '../../api/context';
import { toMoney } from '../../api/money.type';
import { newId } from '../../core/ids';
import type { Agent } from '../../ledger/model/ledger';
import { listPrice } from '../../ledger/books/price.rules';
import { localDayOf, type LocalDay } from '../../time/local-day';
import { writeLocalText } from '../../time/local-text';
import { readGateFacts, type GateFacts } from './gate.queries';
import type {
  DayPassConfirmation,
  DayPassRequired,
  PortalAccessDenied,
  PortalAccessGranted,
} from './portal-access.type';

export interface GateRequest {
  /** Null: a contact. */
  agentId: string | null;
  ticketId: string | null;
  ticketExternalId: string | null;
  section: Section;
  locale: string;
  /** The service key whose portal session asks; null for other callers. */
  sessionKeyId: string | null;
  /** The key that signs confirmations; null if the answer must not contain one. */
  confirmationKey: Buffer | null;
}

export type PortalAccessAnswer = PortalAccessGranted | DayPassRequired | PortalAccessDenied;

/** Whether this agent may enter the agent portal now. Reads and decides; never uses a pass. */
export async function askGate(
  { account: { scope }, services: { clock, reads } }: RequestContext,
  request: GateRequest,
): Promise<PortalAccessAnswer> {
  const question = { ...request, databaseNowMs: clock.nowMs() };
  const [facts] = await reads.load(scope, readGateFacts, [question]);
  if (!facts) throw new Error(`Account ${scope.accountId} does not exist.`);
  return answerGate(scope.accountId, facts, request);
}

/** The gate's answer from facts that were read before. */
export function answerGate(
  accountId: string,
  facts: GateFacts,
  request: GateRequest,
): PortalAccessAnswer {
  const { agent, now_ms: now, pass, ticket, wallet } = facts;
  const asksForTicket = request.ticketId !== null || request.ticketExternalId !== null;
  const section: Section = asksForTicket ? 'TICKETS' : request.section;
  const language = nearestLanguage(request.locale);
  // A contact has no zone of its own, and no pass that could end in it.
  const day = localDayOf(now, agent?.timeZone ?? 'UTC');

  const decision = decideAccess({
    nowMs: now,
    gateShutsAtMs: facts.gate_shuts_ms,
    agent,
    section,
    ticket: ticket ? 'FOUND' : asksForTicket ? 'MISSING' : 'NOT_ASKED',
    runningPass: pass,
    mayConsume: request.sessionKeyId === null || facts.sessions_consume,
    wallet,
    passExpiresAtMs: day.endsAtMs,
  });

  switch (decision.kind) {
    case 'GRANTED':
      return {
        kind: 'PortalAccessGranted',
        allowed: true,
        now,
        basis: decision.basis,
        until: decision.untilMs,
        consumptionId: decision.basis === 'DAY_PASS' ? (pass?.consumptionId ?? null) : null,
      };
    case 'DENIED':
      return {
        kind: 'PortalAccessDenied',
        allowed: false,
        now,
        reason: decision.reason,
        message: denialMessage(decision.reason, language),
      };
    case 'REQUIRED': {
      const { emergency } = decision;
      const key = decision.canConfirm ? request.confirmationKey : null;
      return {
        kind: 'DayPassRequired',
        allowed: false,
        now,
        confirmation:
          key && agent && wallet
            ? confirm(
                accountId,
                { ...facts, agent, wallet },
                { day, section, language, emergency, key, sessionKeyId: request.sessionKeyId },
              )
            : null,
        ticketNumber: ticket?.number ?? null,
        walletId: wallet!.id,
        emergency,
      };
    }
  }
}

/** Creates the confirmation: the content of the pop-up, and the token that is bound to it. */
function confirm(
  accountId: string,
  facts: GateFacts & { agent: Agent; wallet: NonNullable<GateFacts['wallet']> },
  about: {
    day: LocalDay;
    section: Section;
    language: Language;
    emergency: boolean;
    key: Buffer;
    sessionKeyId: string | null;
  },
): DayPassConfirmation {
  const { agent, wallet, ticket, now_ms: nowMs } = facts;
  const { day, section, language, emergency, key, sessionKeyId } = about;
  const { localDate, endsAtMs: passExpiresAtMs } = day;
  const { timeZone } = agent;
  const price = listPrice(facts.prices, { quantity: 1, nowMs });
  const notice = renderNotice({
    language,
    timeZone,
    passExpiresAtMs,
    localDate,
    price,
    emergency,
  });
  const expiresAt = Math.min(nowMs + confirmationLifetimeMs, passExpiresAtMs);
  const token = signConfirmation(
    {
      id: newId(),
      accountId,
      agentId: agent.id,
      walletId: wallet.id,
      ticketId: ticket?.id ?? null,
      section,
      localDate,
      timeZone,
      price,
      emergency,
      passExpiresAtMs,
      expiresAtMs: expiresAt,
      language,
      noticeHash: hashNotice(notice, language),
      sessionKeyId,
    },
    key,
  );
  return {
    token,
    expiresAt,
    notice,
    locale: language,
    localDate,
    timeZone,
    passExpiresAt: passExpiresAtMs,
    passExpiresAtLocal: writeLocalText(passExpiresAtMs, timeZone),
    balance: wallet.balance - wallet.dueButNotEnded,
    price: price && toMoney(price),
    emergency,
  };
}
