import type { CommandOf } from '../../src/ledger/commands';
import type { Money, Price } from '../../src/ledger/model/ledger';
import { endOfLocalDay } from '../../src/time/local-day';
import type { Command } from './command';
import type { Database } from './database';
import { isLasting, type PlainBooks, type PlainWallet } from './plain-books';
import { wordAgainstOrder, wordForCancel, wordForNote, wordForPayment } from './plain-order-words';
import { plainTax } from './plain-orders';

/** Which word a command must be answered with: 'accepted', 'replayed' or the code of a refusal. */
export function wordFor(books: PlainBooks, db: Database, command: Command, nowMs: number): string {
  switch (command.kind) {
    case 'consume':
      return wordForConsume(books, db, command, nowMs);
    case 'consume-by-key':
      return wordForKey(books, command, nowMs);
    case 'revoke-key':
      return db.keys.has(command.apiKeyId) ? 'accepted' : 'NOT_FOUND';
    case 'grant':
    case 'purchase':
      return wordForCredit(books, db, command, nowMs);
    case 'record-payment':
      return wordForPayment(books, db, command);
    case 'cancel-order':
      return wordForCancel(books, command);
    case 'credit-invoice':
      return wordForNote(books, db, command);
    case 'reverse':
      return wordForReverse(books, command, nowMs);
    case 'update-wallet':
      return wordForSetting(books, command);
    case 'change-agent':
      return wordForChange(books, command);
    case 'advance-clock':
    case 'expire':
      return 'accepted';
  }
}

/** The unit price of so many passes: the largest size that is reached, the newest of its prices. */
export function priceFor(prices: readonly Price[], quantity: number, nowMs: number): Money | null {
  let best: Price | null = null;
  for (const price of prices) {
    const ended = price.validToMs !== null && price.validToMs <= nowMs;
    if (price.minimumQuantity > quantity || price.validFromMs > nowMs || ended) continue;
    const isLarger = !best || price.minimumQuantity > best.minimumQuantity;
    const isAsLarge = best?.minimumQuantity === price.minimumQuantity;
    if (isLarger || (isAsLarge && price.validFromMs > best!.validFromMs)) best = price;
  }
  return best && { minor: best.unitPriceMinor, currency: best.currency };
}

function wordForConsume(
  books: PlainBooks,
  db: Database,
  command: CommandOf<'consume'>,
  nowMs: number,
): string {
  const wallet = books.wallets.get(command.walletId);
  const agent = books.agents.get(command.agentId);
  if (!wallet || !agent) return 'CONFIRMATION_INVALID';
  const done = books.done.get(`consume ${command.confirmationId}`);
  if (done) return done.commandId === command.id ? 'accepted' : 'replayed';
  if (command.confirmationExpiresAtMs <= nowMs) return 'CONFIRMATION_EXPIRED';

  const clientId = command.ticketId ? db.tickets.get(command.ticketId)!.clientId : null;
  const pays = (clientId && books.walletOf(clientId)) || books.walletOf(null);
  const lot = books.lotToDraw(wallet, nowMs);
  const mayOwe = !lot && wallet.owed.length < wallet.allowance;
  const price = priceFor(db.prices, 1, nowMs);
  const isAsTold =
    command.passExpiresAtMs - nowMs >= 10_000 &&
    command.timeZone === agent.timeZone &&
    pays === wallet &&
    JSON.stringify(price) === JSON.stringify(command.price) &&
    command.emergency === mayOwe &&
    !command.noticeDiffers;
  if (!isAsTold) return 'CONFIRMATION_STALE';

  if (agent.status !== 'ACTIVE') return 'AGENT_NOT_ACTIVE';
  if (agent.type === 'FULL_TIME') return 'PASS_NOT_NEEDED';
  if (!agent.sections.includes(command.section)) return 'SECTION_NOT_PERMITTED';
  if (agent.pass && agent.pass.endsAtMs > nowMs) return 'PASS_ALREADY_ACTIVE';
  if (wallet.frozenAtMs !== null) return 'WALLET_FROZEN';
  return lot || mayOwe ? 'accepted' : 'WALLET_EMPTY';
}

function wordForKey(
  books: PlainBooks,
  command: CommandOf<'consume-by-key'>,
  nowMs: number,
): string {
  const { agentId, apiKeyId, section, confirmationId } = command;
  if (books.done.has(`consume ${confirmationId}`)) return 'accepted';
  if (books.keys.get(apiKeyId) !== agentId) return 'NOT_FOUND';
  const agent = books.agents.get(agentId)!;
  if (agent.status !== 'ACTIVE') return 'AGENT_NOT_ACTIVE';
  if (section !== null && !agent.sections.includes(section)) return 'SECTION_NOT_PERMITTED';
  if (agent.type === 'FULL_TIME' || (agent.pass && agent.pass.endsAtMs > nowMs)) return 'accepted';
  if (endOfLocalDay(nowMs, agent.timeZone) - nowMs < 10_000) return 'CONFIRMATION_STALE';
  const wallet = books.walletOf(null)!;
  if (wallet.frozenAtMs !== null) return 'WALLET_FROZEN';
  const isFound = books.lotToDraw(wallet, nowMs) !== null || wallet.owed.length < wallet.allowance;
  return isFound ? 'accepted' : 'WALLET_EMPTY';
}

function wordForCredit(
  books: PlainBooks,
  db: Database,
  command: CommandOf<'grant'> | CommandOf<'purchase'>,
  nowMs: number,
): string {
  const wallet = books.wallet(command.walletId);
  if (!wallet) return 'NOT_FOUND';
  const done = books.done.get(`${command.kind} ${command.key}`);
  if (done) {
    if (done.input !== inputOf(wallet.id, command)) return 'IDEMPOTENCY_KEY_REUSED';
    return done.commandId === command.id ? 'accepted' : 'replayed';
  }
  const { quantity } = command;
  if (command.kind === 'grant' && (command.expiresAtMs ?? Infinity) <= nowMs) {
    return 'VALIDATION_FAILED';
  }
  const { account, basisPoints } = db;
  const isOrder = command.kind === 'purchase' && account.billingMode === 'BILLED';
  if (isOrder && account.termsDays === null) return 'NOT_PERMITTED';
  if (!fits(wallet, quantity)) return 'QUANTITY_OUT_OF_RANGE';
  if (command.kind === 'grant') return 'accepted';

  const price = priceFor(db.prices, quantity, nowMs);
  if (!price) return 'VALIDATION_FAILED';
  const netMinor = price.minor * quantity;
  const grossMinor = netMinor + (isOrder ? plainTax(netMinor, basisPoints ?? 0) : 0);
  const isTold = (told: string | null | undefined, minor: number) =>
    told == null || Math.round(Number(told) * 100) === minor;
  const isAsTold =
    isTold(command.expectedTotal, netMinor) && isTold(command.expectedGross, grossMinor);
  if (isOrder) return wordAgainstOrder(books, db, { netMinor, isAsTold }) ?? 'accepted';
  return isAsTold ? 'accepted' : 'PRICE_CHANGED';
}

function fits(wallet: PlainWallet, quantity: number): boolean {
  return quantity >= 1 && quantity <= 1_000_000 && wallet.sum + quantity <= 1_000_000_000;
}

function wordForReverse(books: PlainBooks, command: CommandOf<'reverse'>, nowMs: number): string {
  const pass = books.passes.get(command.consumptionId);
  if (!pass) return 'NOT_FOUND';
  if (pass.reversedAtMs !== null) return 'accepted';
  if (nowMs - pass.beginsAtMs >= 15 * 60_000) return 'NOT_REVERSIBLE';
  // A day of a person is the time of a pass, in whatever zone it was used.
  const reversedThatDay = [...books.passes.values()].some(
    (other) =>
      other.reversedAtMs !== null &&
      other.agentId === pass.agentId &&
      Math.max(other.beginsAtMs, pass.beginsAtMs) < Math.min(other.endsAtMs, pass.endsAtMs),
  );
  return reversedThatDay ? 'NOT_REVERSIBLE' : 'accepted';
}

function wordForSetting(books: PlainBooks, command: CommandOf<'update-wallet'>): string {
  const wallet = books.wallets.get(command.walletId);
  if (!wallet) return 'NOT_FOUND';
  const threshold = command.lowBalanceThreshold ?? 0;
  const allowance = command.emergencyAllowance ?? wallet.allowance;
  const isInRange =
    threshold >= 0 && threshold <= 1_000_000_000 && allowance >= 0 && allowance <= 1_000;
  return isInRange && wallet.owed.length <= allowance ? 'accepted' : 'VALIDATION_FAILED';
}

function wordForChange(books: PlainBooks, command: CommandOf<'change-agent'>): string {
  const agent = books.agents.get(command.agentId);
  if (!agent) return 'NOT_FOUND';
  if (agent.status === 'INVITED' && command.status === 'ACTIVE') return 'VALIDATION_FAILED';
  const { type = agent.type, status = agent.status, role = agent.role } = command;
  const takesOne = isLasting(agent) && !isLasting({ ...agent, type, status, role });
  return takesOne && books.lastingAdmins() === 1 ? 'LAST_ADMIN' : 'accepted';
}

/** What a key stands for: the wallet that is meant, however it was named, and the rest of the input. */
export function inputOf(
  walletId: string,
  { keyInput }: CommandOf<'grant'> | CommandOf<'purchase'>,
): string {
  return JSON.stringify([walletId, ...keyInput.meant]);
}
