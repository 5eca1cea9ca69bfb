import type { CommandOf, Outcome, Results } from '../../src/ledger/commands';
import { demand } from './broken';
import type { Command } from './command';
import type { Database } from './database';
import type { PlainBooks } from './plain-books';
import { takeConsume, takeConsumeByKey } from './plain-consume';
import { takeCredit } from './plain-credit';
import type { EntryLine } from './plain-entries';
import { takeReverse } from './plain-reverse';
import { takeEnd, takeNote, takePayment } from './plain-orders';
import { wordFor } from './plain-words';

interface Taken {
  command: Command;
  outcome: Outcome;
  nowMs: number;
  line: EntryLine;
}

/** Adds one command: its outcome, its entries, and its answer. */
export function takeCommand(books: PlainBooks, db: Database, taken: Taken): void {
  const { command, outcome, nowMs, line } = taken;
  const word = outcome.status === 'refused' ? outcome.code : outcome.status;
  const expected = wordFor(books, db, command, nowMs);
  demand(word === expected, `a ${command.kind} is answered rightly`, { word, expected, command });
  if (outcome.status === 'refused') return;

  const writes = line.next?.commandId === command.id;
  const result = outcome.result;
  switch (command.kind) {
    case 'consume':
      takeConsume(books, command, { line, result: result as Results['consume'] });
      break;
    case 'consume-by-key':
      takeConsumeByKey(books, command, { line, result: result as Results['consume-by-key'] });
      break;
    case 'revoke-key':
      books.keys.delete(command.apiKeyId);
      break;
    case 'grant':
    case 'purchase':
      takeCredit(books, db, command, { line, result: result as Results['grant'] });
      break;
    case 'record-payment':
      takePayment(books, db, command, { line, result: result as Results['record-payment'] });
      break;
    case 'cancel-order':
      if (outcome.status === 'accepted') takeEnd(books.orders.get(command.orderId)!, line);
      break;
    case 'credit-invoice':
      takeNote(books, db, command, { line, result: result as Results['credit-invoice'] });
      break;
    case 'reverse':
      takeReverse(books, command, { line, result: result as Results['reverse'] });
      break;
    case 'update-wallet':
      takeSetting(books, command, { line, nowMs });
      break;
    case 'change-agent':
      takeChange(books, command, result as Results['change-agent']);
      break;
    case 'expire':
    case 'advance-clock':
      demand(!writes, 'an expire writes nothing of its own', line.next);
      break;
  }
  if ('wallet' in result) demandWallet(books, result.wallet);
}

function demandWallet(books: PlainBooks, answered: Results['grant']['wallet']): void {
  const { sum, allowance, threshold, frozenAtMs } = books.wallets.get(answered.id)!;
  const { balance, emergencyAllowance, lowBalanceThreshold } = answered;
  const isSame =
    balance === sum &&
    emergencyAllowance === allowance &&
    lowBalanceThreshold === threshold &&
    answered.frozenAtMs === frozenAtMs;
  demand(isSame, 'the wallet in an answer is as it stands', { answered, sum });
}

function takeSetting(
  books: PlainBooks,
  command: CommandOf<'update-wallet'>,
  { line, nowMs }: Pick<Taken, 'line' | 'nowMs'>,
): void {
  const wallet = books.wallets.get(command.walletId)!;
  const { lowBalanceThreshold: threshold, emergencyAllowance: allowance, frozen } = command;
  const isNewThreshold = threshold !== undefined && threshold !== wallet.threshold;
  if (threshold !== undefined) wallet.threshold = threshold;
  // The balance has reached the new threshold already.
  const isLow = isNewThreshold && threshold !== null && wallet.sum <= threshold;
  if (isLow) line.take('DayPassWalletLow', wallet.id, 0);
  if (allowance !== undefined) wallet.allowance = allowance;
  if (frozen === true) wallet.frozenAtMs ??= nowMs;
  if (frozen === false) wallet.frozenAtMs = null;
}

function takeChange(
  books: PlainBooks,
  command: CommandOf<'change-agent'>,
  { agent, runningPass }: Results['change-agent'],
): void {
  const plain = books.agents.get(command.agentId)!;
  const { name, timeZone, role, sections, type, status } = command;
  for (const [field, value] of Object.entries({ name, timeZone, role, sections, type, status })) {
    if (value !== undefined) Object.assign(plain, { [field]: value });
  }
  if (status === 'ACTIVE' && plain.activatedAtMs === null) plain.status = 'INVITED';
  const { pass, ...access } = plain;
  for (const [field, value] of Object.entries(access)) {
    const answered = agent[field as keyof typeof agent];
    demand(String(answered) === String(value), 'a change of an agent is made', { agent, plain });
  }
  const isSame = (runningPass?.consumptionId ?? null) === (pass?.id ?? null);
  demand(isSame, 'a pass outlives a change of its agent', { runningPass, pass });
  demand(books.lastingAdmins() > 0, 'an active full-time admin stays');
}
