import { digestOf } from '../../core/digest';
import type { Wallet } from '../model/ledger';

/** The input of an idempotency key, without the wallet, which is known only under the lock. */
export interface KeyedInput {
  /** Its meaning: numbers and texts in one form. */
  meant: readonly unknown[];
  /** The same in its original spelling, which earlier releases compared. */
  written: readonly unknown[];
}

/** What is stored with a key: equal for equal meaning, so "60.0" is "60.00". */
export function keyDigestOf(wallet: Wallet, { meant }: KeyedInput): string {
  return digestOf([wallet.id, ...meant]);
}

/**
 * Whether a key was used for the same before. A digest of an earlier release told apart how a wallet
 * and an amount were written, so it is compared with each way to write this input.
 */
export function isSameInput(stored: string, wallet: Wallet, input: KeyedInput): boolean {
  if (stored === keyDigestOf(wallet, input)) return true;
  const wallets = wallet.clientId === null ? [null, wallet.id] : [wallet.id];
  return [input.meant, input.written].some(
    (rest) =>
      stored === digestOf(rest) || wallets.some((name) => stored === digestOf([name, ...rest])),
  );
}
