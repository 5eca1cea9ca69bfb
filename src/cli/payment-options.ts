import type { Command } from 'commander';
import { OperatorRefusal } from '../operator/operator';
import type { GivenPayment, Paid } from '../operator/record-payment';

export interface PaymentOptions {
  reference?: string;
  amount?: string;
  date?: string;
  withdraw?: string;
  json?: boolean;
}

/** The flags of a verb that records a payment. */
export function paymentOptions(verb: Command): Command {
  return verb
    .option('--reference <text>', 'what the bank names the transfer: one reference is one payment')
    .option('--amount <amount>', 'the amount that came')
    .option('--date <date>', 'when it came, e.g. 2027-01-31')
    .option('--withdraw <reference>', 'instead: withdraw the payment with this reference')
    .option('--json', 'print one JSON object');
}

/** Either the three values of a payment, or the one of a withdrawal. Throws an OperatorRefusal. */
export function readPayment({
  withdraw,
  reference,
  amount,
  date,
}: PaymentOptions): () => GivenPayment {
  return () => {
    const given = { reference, amount, date };
    const names = ['reference', 'amount', 'date'] as const;
    if (withdraw !== undefined) {
      const other = names.find((name) => given[name] !== undefined);
      if (other) throw new OperatorRefusal(other, 'cannot be used with --withdraw');
      return { withdraw };
    }
    const missing = names.find((name) => given[name] === undefined);
    if (missing) throw new OperatorRefusal(missing, 'is required');
    return { reference: reference!, amount: amount!, date: date! };
  };
}

export function inOneSentence(paid: Paid): string {
  const { received, outstanding, overpaid, currency, replayed, waitsFor } = paid;
  const what = replayed ? 'This was recorded before.' : 'Recorded.';
  const hint = waitsFor ? ` The passes were not credited: ${waitsFor}` : '';
  return `${what} ${received} ${currency} was paid, ${outstanding} is open, ${overpaid} is too much.${hint}`;
}
