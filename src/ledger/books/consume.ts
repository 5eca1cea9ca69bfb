import { unchanged, type Decision } from '../model/decision';
import type { Agent, Consumption, Ledger, Money, SpentConfirmation, Wallet } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { judgeUsing } from './permission.rules';
import { listPrice, samePrice } from './price.rules';
import { judgeWallet, leastSaleMs, nextPassOf, takePass, walletFor } from './take-pass';

/**
 * An agent enters: one pass leaves the wallet. All values except the ids come from the
 * confirmation.
 */
export interface Consume extends AnyCommand {
  kind: 'consume';
  agentId: string;
  walletId: string;
  ticketId: string | null;
  source: 'PORTAL' | 'TICKET';
  /** The section that the agent asked to enter. */
  section: string;
  confirmationId: string;
  /** When the confirmation ends, by the account's clock. */
  confirmationExpiresAtMs: number;
  timeZone: string;
  localDate: string;
  passExpiresAtMs: number;
  price: Money | null;
  emergency: boolean;
  notice: string;
  locale: string;
  /** The service key of the agent's portal session; null for the agent's own sign-in. */
  sessionKeyId: string | null;
  /** Whether the notice would be different now. */
  noticeDiffers: boolean;
}

interface Consumed {
  consumption: Consumption;
  wallet: Wallet;
}

export const consume: CommandModule<Consume, Consumed> = {
  kind: 'consume',
  needs: ({ agentId, walletId, ticketId, confirmationId, sessionKeyId }) => ({
    agents: [agentId],
    wallets: [walletId],
    tickets: [ticketId],
    confirmations: [confirmationId],
    passes: 1,
    apiKeys: [sessionKeyId],
  }),
  decide,
};

/**
 * An agent enters with a confirmation. First it is checked whether the confirmation was already
 * used; then the confirmation is judged, then the agent, then the wallet.
 */
function decide(ledger: Ledger, command: Consume, newId: () => string): Decision<Consumed> {
  const wallet = ledger.wallets.get(command.walletId);
  const agent = ledger.agents.get(command.agentId);
  if (!wallet || !agent || isSessionOver(ledger, command)) {
    return unchanged(
      refused('CONFIRMATION_INVALID', 'This confirmation is not valid. Ask the gate again.', field),
    );
  }

  const spent = ledger.spentConfirmations.get(command.confirmationId);
  if (spent) return alreadyDone(wallet, command, spent);

  const refusal =
    judgeUsing(ledger) ??
    judgeConfirmation(ledger, command, { agent, wallet }) ??
    judgeAgent(ledger, command, agent) ??
    judgeSession(ledger, command) ??
    judgeWallet(ledger, wallet);
  if (refusal) return unchanged(refusal);

  const { notice, locale, sessionKeyId } = command;
  const { changes, ...result } = takePass(
    ledger,
    {
      ...command,
      command,
      wallet,
      actor: { kind: 'AGENT', id: agent.id },
      consent: { notice, locale, sessionKeyId },
    },
    newId,
  );
  return { outcome: { status: 'accepted', result }, changes };
}

const field = ['confirmationToken'];

/** A portal session ends with its key, even for a click that is already on its way. */
function isSessionOver(ledger: Ledger, { sessionKeyId }: Consume): boolean {
  return sessionKeyId !== null && ledger.keys.get(sessionKeyId)?.revokedAtMs !== null;
}

/**
 * A consent in a portal session is only the partner's word: an admin decides whether the account
 * accepts it.
 */
function judgeSession(ledger: Ledger, { sessionKeyId }: Consume): Refused | null {
  if (sessionKeyId === null || ledger.sessionsConsume) return null;
  return refused(
    'SESSION_NOT_PERMITTED',
    'The account does not permit day passes in portal sessions. Sign in to the agent portal instead.',
  );
}

/** The same consumption again; a replay only if another request made it. */
function alreadyDone(
  wallet: Wallet,
  command: Consume,
  spent: SpentConfirmation,
): Decision<Consumed> {
  const status = spent.commandId === command.id ? 'accepted' : 'replayed';
  return unchanged({ status, result: { consumption: spent.consumption, wallet } });
}

function judgeConfirmation(
  ledger: Ledger,
  command: Consume,
  now: { agent: Agent; wallet: Wallet },
): Refused | null {
  if (ledger.nowMs >= command.confirmationExpiresAtMs) {
    return refused(
      'CONFIRMATION_EXPIRED',
      'This confirmation has expired. Ask the gate again.',
      field,
    );
  }
  const isStale =
    ledger.nowMs > command.passExpiresAtMs - leastSaleMs ||
    now.agent.timeZone !== command.timeZone ||
    walletFor(ledger, command.ticketId)?.id !== command.walletId ||
    !samePrice(listPrice(ledger.prices, { quantity: 1, nowMs: ledger.nowMs }), command.price) ||
    (nextPassOf(ledger, now.wallet) === 'EMERGENCY') !== command.emergency ||
    command.noticeDiffers;
  if (!isStale) return null;
  return refused(
    'CONFIRMATION_STALE',
    'Something has changed since the confirmation was shown. Ask the gate again and show the new confirmation.',
    field,
  );
}

function judgeAgent(ledger: Ledger, command: Consume, agent: Agent): Refused | null {
  if (agent.status !== 'ACTIVE')
    return refused('AGENT_NOT_ACTIVE', 'This agent is invited or deactivated, not active.');
  if (agent.type === 'FULL_TIME') {
    return refused('PASS_NOT_NEEDED', 'A full-time agent needs no day pass. Enter without one.');
  }
  if (!agent.sections.includes(command.section)) {
    return refused(
      'SECTION_NOT_PERMITTED',
      'This agent may not use this section. Ask an account admin to add it.',
    );
  }
  if (ledger.runningPasses.has(agent.id)) {
    return refused(
      'PASS_ALREADY_ACTIVE',
      'This agent already has an active day pass. No second pass is needed.',
    );
  }
  return null;
}
