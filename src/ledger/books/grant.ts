import { unchanged, type Decision } from '../model/decision';
import { keyOf, type Actor, type Ledger, type Wallet } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import { instantText } from '../writer/act';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { credited, creditWallet } from './credit-wallet';
import { isSameInput, keyDigestOf, type KeyedInput } from './key-digest.rules';
import { judgeGranting } from './permission.rules';

/** Passes come in without a purchase: the admin's courtesy, or a migration from elsewhere. */
export interface Grant extends AnyCommand {
  kind: 'grant';
  actor: Actor | null;
  /** Null: the account's own wallet. */
  walletId: string | null;
  quantity: number;
  reason: string;
  expiresAtMs: number | null;
  key: string;
  keyInput: KeyedInput;
}

interface Granted {
  wallet: Wallet;
}

export const grant: CommandModule<Grant, Granted> = {
  kind: 'grant',
  needs: ({ walletId, key }) => ({
    wallets: [walletId],
    keyedEntries: [{ kind: 'DayPassesGranted', key }],
  }),
  decide,
  audit(ledger, { quantity, reason, expiresAtMs }, changes) {
    const came = { quantity, reason, expiresAt: instantText(expiresAtMs) };
    return credited('passes.granted', { ledger, changes, came });
  },
};

/** Passes come in without a purchase. */
function decide(ledger: Ledger, command: Grant, newId: () => string): Decision<Granted> {
  const wallet = namedWallet(ledger, command.walletId);
  if (!wallet)
    return unchanged(
      refused('NOT_FOUND', 'The account has no wallet with this id. Check the id.', ['walletId']),
    );

  const done = ledger.keyedEntries.get(keyOf('DayPassesGranted', command.key));
  if (done) {
    if (!isSameInput(done.keyDigest, wallet, command.keyInput)) return unchanged(keyReused());
    const status = done.commandId === command.id ? 'accepted' : 'replayed';
    return unchanged({ status, result: { wallet } });
  }

  const refusal = judgeGranting(ledger, command.actor) ?? judgeCredit(ledger, wallet, command);
  if (refusal) return unchanged(refusal);

  const posting = new Posting(ledger, command, newId);
  const lot = creditWallet(ledger, posting, {
    lotId: newId(),
    walletId: wallet.id,
    quantity: command.quantity,
    unitPrice: null,
    expiresAtMs: command.expiresAtMs,
  });
  posting.post({
    kind: 'DayPassesGranted',
    walletId: wallet.id,
    actor: command.actor,
    payload: {
      lotId: lot.id,
      quantity: command.quantity,
      reason: command.reason,
      expiresAt: command.expiresAtMs,
      settled: lot.settled,
    },
    key: command.key,
    keyDigest: keyDigestOf(wallet, command.keyInput),
  });
  const result = { wallet: posting.wallet(wallet.id) };
  return { outcome: { status: 'accepted', result }, changes: posting.changes };
}

/** The wallet of that id, or the account's own for null. */
export function namedWallet(ledger: Ledger, walletId: string | null): Wallet | undefined {
  if (walletId !== null) return ledger.wallets.get(walletId);
  return [...ledger.wallets.values()].find((wallet) => wallet.clientId === null);
}

export function keyReused(): Refused {
  return refused(
    'IDEMPOTENCY_KEY_REUSED',
    'This idempotency key was used before with another input. Use a new key.',
    ['idempotencyKey'],
  );
}

function judgeCredit(ledger: Ledger, wallet: Wallet, command: Grant): Refused | null {
  if (command.expiresAtMs !== null && command.expiresAtMs <= ledger.nowMs) {
    return refused('VALIDATION_FAILED', 'expiresAt must be in the future.', ['expiresAt']);
  }
  return judgeQuantity(wallet, command.quantity);
}

/** The most passes of one credit. */
export const creditMax = 1_000_000;

/** One credit adds 1 to 1,000,000 passes; a wallet holds at most 1,000,000,000. */
export function judgeQuantity(wallet: Pick<Wallet, 'balance'>, quantity: number): Refused | null {
  const isInRange = Number.isInteger(quantity) && quantity >= 1 && quantity <= creditMax;
  if (isInRange && wallet.balance + quantity <= 1_000_000_000) return null;
  return refused(
    'QUANTITY_OUT_OF_RANGE',
    'quantity must be 1 to 1,000,000, and a wallet holds at most 1,000,000,000 passes.',
    ['quantity'],
  );
}
