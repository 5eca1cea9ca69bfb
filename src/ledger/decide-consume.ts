import { offsetMinutes } from '../time/zone-database';
import { refused, type Consume, type Refused } from './commands';
import { unchanged, type Decision } from './decision';
import type { Agent, Consumption, Ledger, Lot, SpentConfirmation, Wallet } from './ledger';
import { lotToDraw } from './lot.rules';
import { Posting } from './posting';
import { listPrice, samePrice } from './price.rules';

/** A pass that would end this soon is not sold. */
export const leastSaleMs = 10_000;

/**
 * An agent enters on a confirmation. Whether it is done is asked before every rule; then the
 * confirmation is judged, then the agent, then the wallet.
 */
export function decideConsume(ledger: Ledger, command: Consume, newId: () => string): Decision {
  const wallet = ledger.wallets.get(command.walletId);
  const agent = ledger.agents.get(command.agentId);
  if (!wallet || !agent) {
    return unchanged(refused('CONFIRMATION_INVALID', 'This confirmation is not valid.', field));
  }

  const spent = ledger.spentConfirmations.get(command.confirmationId);
  if (spent) return alreadyDone(wallet, command, spent);

  const lot = lotToDraw(ledger.lots.get(wallet.id) ?? [], ledger.nowMs);
  const refusal =
    judgeConfirmation(ledger, command, { agent, wallet, lot }) ??
    judgeAgent(ledger, command, agent) ??
    judgeWallet(ledger, wallet, lot);
  if (refusal) return unchanged(refusal);

  return take(ledger, command, { wallet, lot: lot ?? null }, newId);
}

const field = ['confirmationToken'];

/** The same consumption again; said to be a replay only where another request made it. */
function alreadyDone(wallet: Wallet, command: Consume, spent: SpentConfirmation): Decision {
  const status = spent.commandId === command.id ? 'accepted' : 'replayed';
  return unchanged({ status, result: { consumption: spent.consumption, wallet } });
}

function judgeConfirmation(
  ledger: Ledger,
  command: Consume,
  now: { agent: Agent; wallet: Wallet; lot: Lot | undefined },
): Refused | null {
  if (ledger.nowMs >= command.confirmationExpiresAtMs) {
    return refused(
      'CONFIRMATION_EXPIRED',
      'This confirmation has ended; ask the gate again.',
      field,
    );
  }
  const isStale =
    ledger.nowMs > command.passExpiresAtMs - leastSaleMs ||
    now.agent.timeZone !== command.timeZone ||
    walletFor(ledger, command.ticketId)?.id !== command.walletId ||
    !samePrice(listPrice(ledger.prices, { quantity: 1, nowMs: ledger.nowMs }), command.price) ||
    isEmergency(ledger, now.wallet, now.lot) !== command.emergency ||
    command.noticeDiffers;
  if (!isStale) return null;
  return refused(
    'CONFIRMATION_STALE',
    'What was confirmed is no longer what would happen; ask the gate again.',
    field,
  );
}

function judgeAgent(ledger: Ledger, command: Consume, agent: Agent): Refused | null {
  if (agent.status !== 'ACTIVE') return refused('AGENT_NOT_ACTIVE', 'This agent is not active.');
  if (agent.type === 'FULL_TIME') {
    return refused('PASS_NOT_NEEDED', 'A full-time agent needs no day pass.');
  }
  if (!agent.sections.includes(command.section)) {
    return refused('SECTION_NOT_PERMITTED', 'This agent may not use that section.');
  }
  if (ledger.runningPasses.has(agent.id)) {
    return refused('PASS_ALREADY_ACTIVE', 'A day pass of this agent is running already.');
  }
  return null;
}

function judgeWallet(ledger: Ledger, wallet: Wallet, lot: Lot | undefined): Refused | null {
  if (wallet.frozenAtMs !== null) return refused('WALLET_FROZEN', 'The wallet is frozen.');
  if (!lot && !isEmergency(ledger, wallet, lot)) {
    return refused('WALLET_EMPTY', 'No day passes are left.');
  }
  return null;
}

/**
 * Whether the next pass would be owed: nothing to draw from, and the allowance permits one more. What
 * is owed counts, not the balance: lots past their end that were too many for one batch are in it.
 */
function isEmergency(ledger: Ledger, wallet: Wallet, lot: Lot | undefined): boolean {
  return !lot && (ledger.owed.get(wallet.id)?.length ?? 0) < wallet.emergencyAllowance;
}

/** A client's own wallet serves its tickets; all else is the account's. */
function walletFor(ledger: Ledger, ticketId: string | null): Wallet | undefined {
  const clientId = ticketId === null ? null : (ledger.tickets.get(ticketId)?.clientId ?? null);
  const wallets = [...ledger.wallets.values()];
  const own = clientId !== null && wallets.find((wallet) => wallet.clientId === clientId);
  return own || wallets.find((wallet) => wallet.clientId === null);
}

function take(
  ledger: Ledger,
  command: Consume,
  from: { wallet: Wallet; lot: Lot | null },
  newId: () => string,
): Decision {
  const posting = new Posting(ledger, command, newId);
  const { changes } = posting;
  const { lot, wallet } = from;
  const consumption: Consumption = {
    id: newId(),
    agentId: command.agentId,
    walletId: wallet.id,
    lotId: lot?.id ?? null,
    ticketId: command.ticketId,
    clientId: command.ticketId ? (ledger.tickets.get(command.ticketId)?.clientId ?? null) : null,
    source: command.source,
    confirmationId: command.confirmationId,
    sequence: posting.nextSequence,
    timeZone: command.timeZone,
    utcOffsetMinutes: offsetMinutes(command.timeZone, ledger.nowMs),
    tzdataVersion: ledger.tzdataVersion,
    localDate: command.localDate,
    startsAtMs: ledger.nowMs,
    expiresAtMs: command.passExpiresAtMs,
    reversedAtMs: null,
    emergency: lot === null,
    price: command.price,
    consent: { notice: command.notice, locale: command.locale, atMs: ledger.nowMs },
  };

  if (lot) changes.lots.set(lot.id, { ...lot, remaining: lot.remaining - 1 });
  else changes.owed.push(consumption);
  changes.consumptions.push(consumption);
  changes.runningPasses.set(command.agentId, {
    agentId: command.agentId,
    consumptionId: consumption.id,
    walletId: wallet.id,
    expiresAtMs: consumption.expiresAtMs,
  });
  posting.post({
    kind: 'DayPassConsumed',
    walletId: wallet.id,
    delta: -1,
    actor: { kind: 'AGENT', id: command.agentId },
    agentId: command.agentId,
    consumptionId: consumption.id,
    payload: { lotId: consumption.lotId, emergency: consumption.emergency },
    key: command.confirmationId,
  });
  const result = { consumption, wallet: posting.wallet(wallet.id) };
  return { outcome: { status: 'accepted', result }, changes };
}
