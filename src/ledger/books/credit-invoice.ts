import { formatMinor } from '../../core/money';
import { digestOf } from '../../core/digest';
import { unchanged, type Decision } from '../model/decision';
import { keyOf, type Actor, type Invoice, type Ledger } from '../model/ledger';
import { refused } from '../model/outcome';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { creditGross, leftOf, type NetAndTax } from './credit-note.rules';
import { keyReused } from './grant';
import type { InvoiceDocument } from './invoice-document';
import { invoiceNumber } from './invoice-series.rules';
import { issueInvoice, judgeInvoicing } from './issue-invoice';
import type { TaxSum } from './tax.rules';

/** The operator gives money of an invoice back, as a credit note. The passes stay where they are. */
export interface CreditInvoice extends AnyCommand {
  kind: 'credit-invoice';
  actor: Actor | null;
  invoiceId: string;
  /** With tax; null: all that is left of the invoice. */
  grossMinor: number | null;
  reason: string;
  key: string;
}

interface Credited {
  invoiceId: string;
}

export const creditInvoice: CommandModule<CreditInvoice, Credited> = {
  kind: 'credit-invoice',
  needs: ({ invoiceId, key }) => ({
    invoices: [invoiceId],
    ordering: true,
    invoicing: true,
    keyedEntries: [{ kind: 'InvoiceIssued', key: entryKeyOf(key) }],
  }),
  decide,
  audit(_ledger, { reason }, changes) {
    const [note] = changes.invoices;
    if (!note) return null;
    return {
      action: 'invoice.credited',
      subject: { type: 'Invoice', id: note.correctsId! },
      before: null,
      after: {
        number: invoiceNumber(note.series, note.place),
        grossMinor: note.netMinor + note.taxMinor,
        currency: note.currency,
        reason,
      },
    };
  },
};

function decide(ledger: Ledger, command: CreditInvoice, newId: () => string): Decision<Credited> {
  const invoice = ledger.invoices.get(command.invoiceId);
  if (invoice?.kind !== 'INVOICE') {
    return unchanged(refused('NOT_FOUND', 'The account has no invoice with this id.', ['number']));
  }
  const keyDigest = digestOf([invoice.id, command.grossMinor, command.reason]);
  const done = ledger.keyedEntries.get(keyOf('InvoiceIssued', entryKeyOf(command.key)));
  if (done) {
    if (done.keyDigest !== keyDigest) return unchanged(keyReused());
    const status = done.commandId === command.id ? 'accepted' : 'replayed';
    return unchanged({ status, result: { invoiceId: done.invoiceId! } });
  }
  const refusal = judgeInvoicing(ledger);
  if (refusal) return unchanged(refusal);

  const document = JSON.parse(invoice.document) as InvoiceDocument;
  const [taxed] = document.taxes;
  const credit = {
    invoiced: invoice,
    credited: creditedOf(ledger, invoice),
    basisPoints: taxed ? Number(taxed.rate.replace('.', '')) : 0,
  };
  const left = leftOf(credit);
  const most = left.netMinor + left.taxMinor;
  const grossMinor = command.grossMinor ?? most;
  if (grossMinor <= 0 || grossMinor > most) {
    const { currency } = invoice;
    const amount = formatMinor({ minor: most, currency });
    const message = `${amount} ${currency} of the invoice can still be credited.`;
    return unchanged(refused('VALIDATION_FAILED', message, ['amount']));
  }
  const note = creditGross(credit, grossMinor);
  const posting = new Posting(ledger, command, newId);
  const order = ledger.orders.get(invoice.orderId)?.order;
  if (order) {
    const notesMinor = order.notesMinor + grossMinor;
    posting.changes.orders.set(order.id, { ...order, notesMinor });
  }
  const invoiceId = issueInvoice(ledger, posting, {
    kind: 'CREDIT_NOTE',
    order: {
      id: invoice.orderId,
      number: document.orderNumber,
      walletId: invoice.walletId,
      currency: invoice.currency,
      purchaseOrderNumber: document.purchaseOrderNumber,
      termsDays: null,
    },
    line: { item: 'CREDIT', quantity: 1, unitPriceMinor: note.netMinor },
    tax: taxed ? taxSumOf(taxed, note) : null,
    corrects: { id: invoice.id, number: document.number, issuedOn: invoice.issuedOn },
    reason: command.reason,
    actor: command.actor,
    key: { text: entryKeyOf(command.key), digest: keyDigest },
    newId,
  });
  return {
    outcome: { status: 'accepted', result: { invoiceId } },
    changes: posting.changes,
  };
}

/** The sum of the notes on an invoice. */
function creditedOf({ invoices }: Ledger, { id }: Invoice): NetAndTax {
  const notes = [...invoices.values()].filter(({ correctsId }) => correctsId === id);
  return {
    netMinor: notes.reduce((sum, { netMinor }) => sum + netMinor, 0),
    taxMinor: notes.reduce((sum, { taxMinor }) => sum + taxMinor, 0),
  };
}

function taxSumOf(
  { category, rate, note }: InvoiceDocument['taxes'][number],
  { netMinor, taxMinor }: NetAndTax,
): TaxSum {
  const basisPoints = Number(rate.replace('.', ''));
  return { category, basisPoints, note, baseMinor: netMinor, amountMinor: taxMinor };
}

/** No series has a name with a colon. */
function entryKeyOf(key: string): string {
  return `credit:${key}`;
}
