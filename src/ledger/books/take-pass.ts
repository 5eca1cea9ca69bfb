import { offsetMinutes } from '../../time/zone-database';
import type { Changes } from '../model/changes';
import type {
  Actor,
  Consent,
  Consumption,
  DayPassSource,
  Ledger,
  Lot,
  Money,
  Wallet,
} from '../model/ledger';
import { originOfNextPass, type PassOrigin } from '../model/next-pass.rules';
import { refused, type Refused } from '../model/outcome';
import type { AnyCommand } from '../writer/command-module';
import { drawLots } from './draw-lots';
import { Posting } from '../writer/posting';

/** A pass that would end this soon is not sold. */
export const leastSaleMs = 10_000;

/** One pass that is to leave a wallet: whose, why, and until when. */
export interface Taking {
  command: Pick<AnyCommand, 'id'>;
  confirmationId: string;
  agentId: string;
  actor: Actor;
  wallet: Wallet;
  ticketId: string | null;
  source: DayPassSource;
  timeZone: string;
  localDate: string;
  passExpiresAtMs: number;
  price: Money | null;
  /** Null if no person was asked. */
  consent: Omit<Consent, 'atMs'> | null;
}

/** The lot that a wallet's next pass comes from; null: it would be owed, or none is left. */
function nextLot(ledger: Ledger, wallet: Wallet): Lot | null {
  const lots = ledger.lots.get(wallet.id) ?? [];
  return drawLots(lots, { quantity: 1, nowMs: ledger.nowMs })[0]?.lot ?? null;
}

export function nextPassOf(ledger: Ledger, wallet: Wallet): PassOrigin {
  const { emergencyAllowance } = wallet;
  const drawable = nextLot(ledger, wallet)?.remaining ?? 0;
  const owed = ledger.owed.get(wallet.id)?.length ?? 0;
  return originOfNextPass({ drawable, owed, emergencyAllowance });
}

/** Why no pass can leave the wallet now; null if one can. */
export function judgeWallet(ledger: Ledger, wallet: Wallet): Refused | null {
  if (wallet.frozenAtMs !== null)
    return refused('WALLET_FROZEN', 'The wallet is frozen. Ask an account admin to unfreeze it.');
  if (nextPassOf(ledger, wallet) === null) {
    return refused(
      'WALLET_EMPTY',
      'The wallet has no day passes left. Ask an account admin to buy more.',
    );
  }
  return null;
}

/** A client's own wallet serves its tickets; all else is the account's. */
export function walletFor(ledger: Ledger, ticketId: string | null): Wallet | undefined {
  const clientId = ticketId === null ? null : (ledger.tickets.get(ticketId)?.clientId ?? null);
  const wallets = [...ledger.wallets.values()];
  const own = clientId !== null && wallets.find((wallet) => wallet.clientId === clientId);
  return own || wallets.find((wallet) => wallet.clientId === null);
}

/** One pass leaves the wallet, and the agent is in. All that could refuse it was asked before. */
export function takePass(
  ledger: Ledger,
  taking: Taking,
  newId: () => string,
): { consumption: Consumption; wallet: Wallet; changes: Changes } {
  const { agentId, wallet, ticketId, timeZone, confirmationId } = taking;
  const posting = new Posting(ledger, taking.command, newId);
  const { changes } = posting;
  const lot = nextLot(ledger, wallet);
  const consumption: Consumption = {
    id: newId(),
    agentId,
    walletId: wallet.id,
    lotId: lot?.id ?? null,
    ticketId,
    clientId: ticketId ? (ledger.tickets.get(ticketId)?.clientId ?? null) : null,
    source: taking.source,
    confirmationId,
    sequence: posting.nextSequence,
    timeZone,
    utcOffsetMinutes: offsetMinutes(timeZone, ledger.nowMs),
    tzdataVersion: ledger.tzdataVersion,
    localDate: taking.localDate,
    startsAtMs: ledger.nowMs,
    expiresAtMs: taking.passExpiresAtMs,
    reversedAtMs: null,
    emergency: lot === null,
    price: taking.price,
    consent: taking.consent && { ...taking.consent, atMs: ledger.nowMs },
  };

  if (lot) changes.lots.set(lot.id, { ...lot, remaining: lot.remaining - 1 });
  else changes.owed.push(consumption);
  changes.consumptions.push(consumption);
  changes.runningPasses.set(agentId, {
    agentId,
    consumptionId: consumption.id,
    walletId: wallet.id,
    expiresAtMs: consumption.expiresAtMs,
  });
  posting.post({
    kind: 'DayPassConsumed',
    walletId: wallet.id,
    actor: taking.actor,
    agentId,
    consumptionId: consumption.id,
    payload: { lotId: consumption.lotId, emergency: consumption.emergency },
    key: confirmationId,
  });
  return { consumption, wallet: posting.wallet(wallet.id), changes };
}
