import type { Command, CommandOf, Outcome, Results } from '../../src/ledger/commands';
import { demand } from './broken';
import type { Database } from './database';
import type { PlainBooks, PlainPass, PlainWallet } from './plain-books';
import { demandWholeDay } from './plain-day';
import type { EntryLine } from './plain-entries';
import { priceFor, wordFor } from './plain-words';

interface Taken {
  command: Command;
  outcome: Outcome;
  nowMs: number;
  line: EntryLine;
}

/** Takes one command in: the word it was answered with, its entries, and what the answer says. */
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
      takeConsume(books, command, { ...taken, result: result as Results['consume'] });
      break;
    case 'grant':
    case 'purchase':
      takeCredit(books, db, command, { ...taken, result: result as Results['grant'] });
      break;
    case 'reverse':
      takeReverse(books, command, { ...taken, result: result as Results['reverse'] });
      break;
    case 'update-wallet':
      takeSetting(books, command, nowMs);
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

function takeConsume(
  books: PlainBooks,
  command: CommandOf<'consume'>,
  { nowMs, line, result }: Taken & { result: Results['consume'] },
): void {
  const { consumption } = result;
  const answer = JSON.stringify({ ...consumption, reversedAtMs: null });
  const key = `consume ${command.confirmationId}`;
  const done = books.done.get(key);
  if (done) {
    demand(done.answer === answer, 'asking again gives the first answer', { done, answer });
    const pass = books.passes.get(consumption.id)!;
    const { reversedAtMs } = consumption;
    demand(reversedAtMs === pass.reversedAtMs, 'a replay tells of a reversal', consumption);
    return;
  }

  const { walletId, agentId } = command;
  const wallet = books.wallets.get(walletId)!;
  const lot = books.lotToDraw(wallet, nowMs);
  const entry = line.take('DayPassConsumed', walletId, -1);
  const isRight =
    entry.consumptionId === consumption.id &&
    entry.agentId === agentId &&
    consumption.agentId === agentId &&
    consumption.walletId === walletId &&
    consumption.sequence === entry.sequence &&
    consumption.startsAtMs === nowMs &&
    consumption.expiresAtMs === command.passExpiresAtMs &&
    consumption.emergency === (lot === null);
  demand(isRight, 'a consumption says what happened', { entry, consumption });
  const drawn = { lotId: consumption.lotId, expected: lot?.id ?? null, said: entry.payload.lotId };
  const isInOrder = drawn.lotId === drawn.expected && drawn.said === drawn.expected;
  demand(isInOrder, 'lots are drawn in their order', drawn);
  demandWholeDay(consumption);

  const { id, expiresAtMs: endsAtMs, timeZone, localDate } = consumption;
  const dayKey = `${agentId} ${localDate} ${timeZone}`;
  const pass: PlainPass = {
    ...{ id, agentId, walletId, lotId: lot?.id ?? null, beginsAtMs: nowMs, endsAtMs, dayKey },
    reversedAtMs: null,
    answer,
  };
  if (lot) lot.left -= 1;
  else wallet.owed.push(id);
  books.passes.set(id, pass);
  const agent = books.agents.get(agentId)!;
  demand(agent.pass === null, "an agent's passes do not overlap", agent.pass);
  agent.pass = pass;
  books.done.set(key, { commandId: command.id, input: '', answer });
}

function takeCredit(
  books: PlainBooks,
  db: Database,
  command: CommandOf<'grant'> | CommandOf<'purchase'>,
  { nowMs, line, result }: Taken & { result: Results['grant'] },
): void {
  const key = `${command.kind} ${command.key}`;
  const answer = 'purchaseId' in result ? String(result.purchaseId) : '';
  const done = books.done.get(key);
  if (done) {
    demand(done.answer === answer, 'asking again gives the first answer', { done, answer });
    return;
  }
  const wallet = books.wallet(command.walletId)!;
  const kind = command.kind === 'grant' ? 'DayPassesGranted' : 'DayPassesPurchased';
  const { quantity } = command;
  const { payload, sequence } = line.take(kind, wallet.id, quantity);
  const paid = wallet.owed.splice(0, quantity);
  const isPaid = JSON.stringify(payload.settled) === JSON.stringify(paid);
  demand(isPaid, 'what is owed is paid first, oldest first', { payload, paid });
  const id = String(payload.lotId);
  for (const passId of paid) books.passes.get(passId)!.lotId = id;
  const endsAtMs = command.kind === 'grant' ? (command.expiresAtMs ?? Infinity) : Infinity;
  const left = quantity - paid.length;
  wallet.lots.set(id, { id, left, size: quantity, priority: 0, endsAtMs, order: sequence });
  if (command.kind === 'purchase') {
    const price = priceFor(db.prices, quantity, nowMs)!;
    const isPriced = payload.unitPriceMinor === price.minor;
    demand(isPriced, 'passes are bought at the list price', { payload, price });
  }
  books.done.set(key, { commandId: command.id, input: command.keyDigest, answer });
}

function takeReverse(
  books: PlainBooks,
  command: CommandOf<'reverse'>,
  { nowMs, line, result }: Taken & { result: Results['reverse'] },
): void {
  const pass = books.passes.get(command.consumptionId)!;
  const wallet = books.wallets.get(pass.walletId)!;
  if (pass.reversedAtMs === null) {
    pass.reversedAtMs = nowMs;
    const agent = books.agents.get(pass.agentId)!;
    if (agent.pass === pass) agent.pass = null;
    giveBack(books, wallet, pass, line);
  }
  const { id, reversedAtMs } = result.consumption;
  const isIt = id === pass.id && reversedAtMs === pass.reversedAtMs;
  demand(isIt, 'a reversal answers with its consumption', result.consumption);
}

/** To the lot it came from, or the one that had paid for it; what is owed is paid first. */
function giveBack(books: PlainBooks, wallet: PlainWallet, pass: PlainPass, line: EntryLine): void {
  const { payload } = line.take('DayPassReversed', wallet.id, 1);
  const isOwed = wallet.owed.includes(pass.id);
  const [oldest] = isOwed ? [] : wallet.owed;
  const expected = { lotId: isOwed ? null : pass.lotId, settled: oldest ? [oldest] : [] };
  const said = { lotId: payload.lotId, settled: payload.settled };
  const isRight = JSON.stringify(said) === JSON.stringify(expected);
  demand(isRight, 'a pass goes back where it came from', { said, expected });
  if (isOwed) {
    wallet.owed.splice(wallet.owed.indexOf(pass.id), 1);
    return;
  }
  const lot = wallet.lots.get(pass.lotId!)!;
  if (oldest) {
    wallet.owed.shift();
    books.passes.get(oldest)!.lotId = lot.id;
    return;
  }
  lot.left += 1;
  demand(lot.left <= lot.size, 'no lot holds more than came in with it', lot);
  if (lot.endsAtMs <= line.atMs) line.takeLotEnd(line.nextOrBreak());
}

function takeSetting(books: PlainBooks, command: CommandOf<'update-wallet'>, nowMs: number): void {
  const wallet = books.wallets.get(command.walletId)!;
  const { lowBalanceThreshold: threshold, emergencyAllowance: allowance, frozen } = command;
  if (threshold !== undefined) wallet.threshold = threshold;
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
  const { pass, ...standing } = plain;
  for (const [field, value] of Object.entries(standing)) {
    const answered = agent[field as keyof typeof agent];
    demand(String(answered) === String(value), 'a change of an agent is made', { agent, plain });
  }
  const isSame = (runningPass?.consumptionId ?? null) === (pass?.id ?? null);
  demand(isSame, 'a pass outlives a change of its agent', { runningPass, pass });
  demand(books.lastingAdmins() > 0, 'an active full-time admin stays');
}
