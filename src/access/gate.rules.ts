import { leastSaleMs } from '../ledger/books/take-pass';
import type { Agent } from '../ledger/model/ledger';
import { originOfNextPass } from '../ledger/model/next-pass.rules';

/*
 * The gate: may this person enter the agent portal now? It is decided from values that are passed
 * in, the instant included. Asking the gate uses no pass. The ledger decides again, under its lock,
 * when a pass is used.
 */

/** The parts of the service desk that an agent may be allowed to use. */
export const sections = [
  'TICKETS',
  'PROBLEMS',
  'CHANGES',
  'RELEASES',
  'ASSETS',
  'SOLUTIONS',
  'REPORTS',
  'ADMIN',
] as const;
export type Section = (typeof sections)[number];

export type DenialReason =
  | 'WALLET_EMPTY'
  | 'WALLET_FROZEN'
  | 'SESSION_NOT_PERMITTED'
  | 'SECTION_NOT_PERMITTED'
  | 'AGENT_NOT_ACTIVE'
  | 'NOT_AN_AGENT'
  | 'ACCOUNT_CLOSED'
  | 'TICKET_NOT_FOUND';

/** A pass that would end sooner than this is not sold; the gate offers what the ledger would sell. */
export { leastSaleMs };

export interface GateQuestion {
  /** The account's instant. */
  nowMs: number;
  /**
   * Set if the account is closed: the instant at which its last pass ends and the gate is shut for
   * all.
   */
  gateShutsAtMs: number | null;
  /** Null: a contact, or a service key. */
  agent: Agent | null;
  /** If a ticket is requested, the caller passes TICKETS. */
  section: Section;
  ticket: 'NOT_ASKED' | 'FOUND' | 'MISSING';
  /** The agent's last pass, unless it was reversed; active while nowMs < expiresAtMs. */
  runningPass: { expiresAtMs: number } | null;
  /** False in a portal session of an account whose sessions may not use passes. */
  mayConsume: boolean;
  /** The wallet that would pay; null if no wallet would. */
  wallet: GateWallet | null;
  /** When a pass that is used now would end. */
  passExpiresAtMs: number;
}

export interface GateWallet {
  frozenAtMs: number | null;
  balance: number;
  /** How many passes below zero may be used, each as an emergency. */
  emergencyAllowance: number;
  /** Passes in expired lots that are still in the balance: they cannot be used. */
  dueButNotEnded: number;
}

export type GateDecision =
  /** `untilMs` is null for a full-time agent of an open account: nothing ends. */
  | { kind: 'GRANTED'; basis: 'FULL_TIME' | 'DAY_PASS'; untilMs: number | null }
  /** `canConfirm` is false in the last seconds of the day: ask again on the next day. */
  | { kind: 'REQUIRED'; emergency: boolean; canConfirm: boolean }
  | { kind: 'DENIED'; reason: DenialReason };

/**
 * The identity comes first, then the permission, then the requested object, then the wallet. So
 * only agents who need just a pass learn the wallet's state, and no pass is offered for a section
 * that would stay closed or a ticket that does not exist.
 */
export function decideAccess(question: GateQuestion): GateDecision {
  const { agent, nowMs, runningPass, gateShutsAtMs } = question;
  if (!agent) return denied('NOT_AN_AGENT');
  if (agent.status !== 'ACTIVE') return denied('AGENT_NOT_ACTIVE');
  if (gateShutsAtMs !== null && nowMs >= gateShutsAtMs) return denied('ACCOUNT_CLOSED');
  if (!agent.sections.includes(question.section)) return denied('SECTION_NOT_PERMITTED');
  if (question.ticket === 'MISSING') return denied('TICKET_NOT_FOUND');

  if (agent.type === 'FULL_TIME') {
    return { kind: 'GRANTED', basis: 'FULL_TIME', untilMs: gateShutsAtMs };
  }
  if (runningPass && nowMs < runningPass.expiresAtMs) {
    return { kind: 'GRANTED', basis: 'DAY_PASS', untilMs: runningPass.expiresAtMs };
  }
  if (gateShutsAtMs !== null) return denied('ACCOUNT_CLOSED');
  if (!question.mayConsume) return denied('SESSION_NOT_PERMITTED');
  return decideByWallet(question);
}

function decideByWallet({ nowMs, wallet, passExpiresAtMs }: GateQuestion): GateDecision {
  if (!wallet) return denied('WALLET_EMPTY');
  if (wallet.frozenAtMs !== null) return denied('WALLET_FROZEN');

  // Passes are owed only when no lot has one left: whatever comes in pays them first.
  const available = wallet.balance - wallet.dueButNotEnded;
  const origin = originOfNextPass({
    drawable: Math.max(available, 0),
    owed: Math.max(-available, 0),
    emergencyAllowance: wallet.emergencyAllowance,
  });
  if (origin === null) return denied('WALLET_EMPTY');
  const emergency = origin === 'EMERGENCY';
  return { kind: 'REQUIRED', emergency, canConfirm: nowMs <= passExpiresAtMs - leastSaleMs };
}

function denied(reason: DenialReason): GateDecision {
  return { kind: 'DENIED', reason };
}
