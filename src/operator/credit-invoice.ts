import { refuseTexts } from '../api/input.rules';
import { newId } from '../core/ids';
import { parseMinor } from '../core/money';
import { findInvoice, readInvoiceSummary, type InvoiceSummary } from './invoice.queries';
import { ledgerOf, OperatorRefusal, operatorActor, type OperatorServices } from './operator';

export interface GivenCredit {
  number: string;
  /** With tax, a decimal; null: all that is left. */
  amount: string | null;
  reason: string;
  idempotencyKey: string;
}

/**
 * Issues a credit note on an invoice. It changes no passes. The same idempotency key again returns the
 * same note. Throws an OperatorRefusal.
 */
export async function creditInvoice(
  on: OperatorServices,
  { number, amount, reason, idempotencyKey: key }: GivenCredit,
): Promise<{ note: InvoiceSummary; replayed: boolean }> {
  const invalid = refuseTexts({ reason: [reason, 500], idempotencyKey: [key, 100] });
  if (invalid) throw new OperatorRefusal(invalid.field![0]!, invalid.message);
  const { accountId, id, currency } = await findInvoice(on.source, number);
  const grossMinor = amount === null ? null : parseMinor(amount, currency);
  if (amount !== null && !grossMinor) {
    throw new OperatorRefusal('amount', `${amount} is not an amount in ${currency}, e.g. 10`);
  }
  const outcome = await ledgerOf(on, accountId).submit<'credit-invoice'>({
    kind: 'credit-invoice',
    id: newId(),
    actor: operatorActor,
    audit: on.attribution,
    invoiceId: id,
    grossMinor,
    reason,
    key,
  });
  if (outcome.status === 'refused') {
    throw new OperatorRefusal(outcome.field?.[0] ?? 'number', outcome.message);
  }
  const note = await readInvoiceSummary(on.source, { accountId, id: outcome.result.invoiceId });
  return { note, replayed: outcome.status === 'replayed' };
}
