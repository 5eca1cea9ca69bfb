import { formatMinor } from '../../src/core/money';
import type { Consume } from '../../src/ledger/books/consume';
import { operatorActor } from '../../src/operator/operator';
import type { Command } from './command';
import { accountNowMs } from './database';
import { plainTax } from './plain-orders';
import { priceFor } from './plain-words';
import { nth, type Play } from './play';
import type { Forgery, Step } from './step';

type CommandStep = Extract<Step, { process: number }>;

/** The command of a step, from what exists now; null if it names something that does not exist. */
export function makeCommand(
  play: Play,
  step: Exclude<CommandStep, { do: 'commit' | 'kill' }>,
): Command | null {
  const { db } = play;
  const id = play.newId();
  const nowMs = accountNowMs(db);
  switch (step.do) {
    case 'proceed': {
      const confirmation = step.back === null ? play.justGiven : play.confirmations[step.back];
      if (!confirmation) return null;
      const command = { ...confirmation, id };
      return step.forge ? forge(play, command, step.forge) : command;
    }
    case 'use-key': {
      const agentId = nth([...db.agents.keys()], step.agent);
      const apiKeyId = `key ${step.key} of ${namedBy(step.agent, [agentId]) ?? 'nobody'}`;
      const { section } = step;
      const confirmationId = `use of a key by ${id}`;
      return { kind: 'consume-by-key', id, agentId, apiKeyId, section, confirmationId };
    }
    case 'revoke-key': {
      const agentId = namedBy(step.agent, [...db.agents.keys()]) ?? 'nobody';
      return {
        kind: 'revoke-key',
        id,
        apiKeyId: `key ${step.key} of ${agentId}`,
        atMs: db.clockMs,
      };
    }
    case 'pay':
    case 'withdraw':
      return paymentOf(play, step, id);
    case 'cancel-order':
      return { kind: 'cancel-order', id, actor: null, orderId: orderIdOf(play, step.order) };
    case 'credit':
      return noteOf(play, step, id);
    case 'grant': {
      const { quantity, lifeMs } = step;
      const expiresAtMs = lifeMs === null ? null : nowMs + lifeMs;
      const input = { walletId: walletIdOf(play, step.wallet), quantity, expiresAtMs };
      const keys = { key: `key of ${id}`, keyInput: keyInputOf(quantity, expiresAtMs) };
      return { kind: 'grant', id, actor: operatorActor, reason: 'A reason', ...input, ...keys };
    }
    case 'purchase': {
      const { quantity, told } = step;
      const price = told === 'nothing' ? null : priceFor(db.prices, quantity, nowMs);
      const totalMinor = price && Math.max(0, price.minor * quantity - (told === 'less' ? 1 : 0));
      const expectedTotal =
        totalMinor === null ? null : formatMinor({ minor: totalMinor, currency: 'USD' });
      const expectedGross = grossAsShown(play, totalMinor);
      const input = { walletId: walletIdOf(play, step.wallet), quantity, expectedTotal };
      const keys = { key: `key of ${id}`, keyInput: keyInputOf(quantity, expectedTotal) };
      return { kind: 'purchase', id, actor: null, ...input, expectedGross, ...keys };
    }
    case 'reverse': {
      const consumptionId = play.passIds[step.back] ?? 'no such consumption';
      return { kind: 'reverse', id, actor: null, reason: 'A reason', consumptionId };
    }
    case 'set-wallet':
      return {
        kind: 'update-wallet',
        id,
        walletId: walletIdOf(play, step.wallet) ?? 'no such wallet',
        ...step.set,
      };
    case 'change-agent':
      return {
        kind: 'change-agent',
        id,
        actor: null,
        agentId: namedBy(step.agent, [...db.agents.keys()]) ?? 'no such agent',
        ...step.set,
      };
    case 'expire':
      return { kind: 'expire', id };
    case 'advance': {
      const toMs = step.toMs === null ? null : nowMs + step.toMs;
      return { kind: 'advance-clock', id, byMs: step.byMs, toMs, isUnderWay: false };
    }
    case 'again': {
      const earlier = play.sent[step.back];
      return earlier ? again(earlier, id, step.isOther) : null;
    }
  }
}

/** The total with tax that belongs to a total without; null if none is shown. */
function grossAsShown({ db }: Play, netMinor: number | null): string | null {
  if (netMinor === null) return null;
  const isTaxed = db.account.billingMode === 'BILLED';
  const minor = netMinor + (isTaxed ? plainTax(netMinor, db.basisPoints ?? 0) : 0);
  return formatMinor({ minor, currency: 'USD' });
}

/** Counted from the newest on. */
function orderIdOf({ db }: Play, back: number): string {
  return [...db.orders.keys()].at(-1 - back) ?? 'no such order';
}

function paymentOf(
  play: Play,
  step: Extract<Step, { do: 'pay' | 'withdraw' }>,
  id: string,
): Command {
  const orderId = orderIdOf(play, step.order);
  const gross = play.db.orders.get(orderId)?.grossMinor ?? 1_000;
  const receivedMinor = step.do === 'pay' ? Math.ceil((gross * step.permille) / 1_000) : null;
  return {
    ...{ kind: 'record-payment', id, actor: operatorActor, orderId, gateway: 'manual' },
    ...{ reference: `transfer ${step.reference}`, receivedMinor, receivedOn: null },
  };
}

function noteOf(
  { db }: Play,
  { invoice: back, permille }: Extract<Step, { do: 'credit' }>,
  id: string,
): Command {
  const invoices = [...db.invoices.values()].filter(({ kind }) => kind === 'INVOICE');
  const invoice = invoices.at(-1 - back);
  const gross = invoice ? invoice.netMinor + invoice.taxMinor : 1_000;
  const grossMinor = permille === null ? null : Math.ceil((gross * permille) / 1_000);
  const invoiceId = invoice?.id ?? 'no such invoice';
  const key = `key of ${id}`;
  return {
    ...{ kind: 'credit-invoice', id, actor: operatorActor, invoiceId, grossMinor, key },
    reason: 'A reason',
  };
}

/** Null, the account's own, for null; at times a wallet that is not there. */
function walletIdOf({ db }: Play, wallet: number | null): string | null {
  return wallet === null ? null : (namedBy(wallet, [...db.wallets.keys()]) ?? 'no such wallet');
}

/** The id with that number; rarely null, for something that does not exist. */
function namedBy(number: number, ids: readonly string[]): string | null {
  return number < 970 ? nth(ids, number) : null;
}

/** The same key from another request: a new try, and with `isOther`, with another input. */
function again(earlier: Command, id: string, isOther: boolean): Command | null {
  if (earlier.kind === 'advance-clock') return null;
  if (isOther && earlier.kind === 'credit-invoice') {
    return { ...earlier, id, grossMinor: (earlier.grossMinor ?? 0) + 1 };
  }
  const isCredit = earlier.kind === 'grant' || earlier.kind === 'purchase';
  if (!isOther || !isCredit) return { ...earlier, id };
  const quantity = earlier.quantity + 1;
  return { ...earlier, id, quantity, keyInput: keyInputOf(...earlier.keyInput.meant, 'and more') };
}

/** Without the wallet, which is named under the lock. */
function keyInputOf(...meant: unknown[]): { meant: unknown[]; written: unknown[] } {
  return { meant, written: meant };
}

function forge({ db }: Play, command: Consume, what: Forgery): Consume {
  switch (what) {
    case 'wallet':
      return { ...command, walletId: [...db.wallets.keys()].at(-1)! };
    case 'no such wallet':
      return { ...command, walletId: 'no such wallet' };
    case 'agent':
      return { ...command, agentId: 'no such agent' };
    case 'zone':
      // One that no agent moves to, as the end of the pass is not of it.
      return { ...command, timeZone: 'Asia/Tokyo' };
    case 'price':
      return { ...command, price: command.price ? null : { minor: 1, currency: 'USD' } };
    case 'words':
      return { ...command, noticeDiffers: true };
    case 'emergency':
      return { ...command, emergency: !command.emergency };
  }
}
