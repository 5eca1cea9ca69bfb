import { confirmationLifetimeMs } from '../../src/access/confirmation-token';
import { decideAccess, type GateDecision, type Section } from '../../src/access/gate.rules';
import type { Consume } from '../../src/ledger/books/consume';
import type { Agent } from '../../src/ledger/model/ledger';
import { listPrice } from '../../src/ledger/books/price.rules';
import { localDayOf } from '../../src/time/local-day';
import type { Database } from './database';

export interface GateQuestion {
  agentId: string;
  ticketId: string | null;
  section: Section;
  /** The asking process's estimate of the account's instant. */
  nowMs: number;
}

/** What a consume command would be made of, whether or not the gate gives it. */
export type Confirmation = Omit<Consume, 'id'>;

export interface GateAnswer {
  decision: GateDecision;
  /** The confirmation of the gate; if the gate gives none, what it would have contained. */
  confirmation: Confirmation;
  isOffered: boolean;
}

/** The gate's facts, read as `readGateFacts` reads them, and the answer of the gate's own rules. */
export function askGate(db: Database, question: GateQuestion, confirmationId: string): GateAnswer {
  const { nowMs, ticketId } = question;
  const agent = db.agents.get(question.agentId)!;
  const section = ticketId === null ? question.section : 'TICKETS';
  const wallet = walletFor(db, ticketId, nowMs);
  const day = localDayOf(nowMs, agent.timeZone);
  const decision = decideAccess({
    gateShutsAtMs: null,
    nowMs,
    agent,
    section,
    ticket: ticketId === null ? 'NOT_ASKED' : 'FOUND',
    runningPass: db.runningPasses.get(agent.id) ?? null,
    mayConsume: true,
    wallet,
    passExpiresAtMs: day.endsAtMs,
  });
  const isRequired = decision.kind === 'REQUIRED';
  const confirmation = confirm(
    db,
    { agent, section, ticketId, walletId: wallet.id },
    {
      id: confirmationId,
      nowMs,
      localDate: day.localDate,
      passExpiresAtMs: day.endsAtMs,
      emergency: isRequired && decision.emergency,
    },
  );
  return { decision, confirmation, isOffered: isRequired && decision.canConfirm };
}

/** A client's own wallet pays for its tickets, the account's for everything else. */
function walletFor(db: Database, ticketId: string | null, nowMs: number) {
  const clientId = ticketId === null ? null : db.tickets.get(ticketId)!.clientId;
  const wallets = [...db.wallets.values()];
  const own = wallets.find((wallet) => clientId !== null && wallet.clientId === clientId);
  const wallet = own ?? wallets.find((other) => other.clientId === null)!;
  let dueButNotEnded = 0;
  for (const lot of db.openLots.get(wallet.id)?.values() ?? []) {
    if (lot.expiresAtMs !== null && lot.expiresAtMs <= nowMs) dueButNotEnded += lot.remaining;
  }
  return { ...wallet, dueButNotEnded };
}

function confirm(
  db: Database,
  about: { agent: Agent; section: Section; ticketId: string | null; walletId: string },
  told: {
    id: string;
    nowMs: number;
    localDate: string;
    passExpiresAtMs: number;
    emergency: boolean;
  },
): Confirmation {
  const { agent, section, ticketId, walletId } = about;
  const { id, nowMs, localDate, passExpiresAtMs, emergency } = told;
  return {
    kind: 'consume',
    agentId: agent.id,
    walletId,
    ticketId,
    source: ticketId === null ? 'PORTAL' : 'TICKET',
    section,
    confirmationId: id,
    confirmationExpiresAtMs: Math.min(nowMs + confirmationLifetimeMs, passExpiresAtMs),
    timeZone: agent.timeZone,
    localDate,
    passExpiresAtMs,
    price: listPrice(db.prices, { quantity: 1, nowMs }),
    emergency,
    notice: 'A day pass will be consumed.',
    locale: 'en',
    noticeDiffers: false,
    sessionKeyId: null,
  };
}
