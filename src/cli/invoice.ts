import { Option, type Command } from 'commander';
import { nearestLanguage } from '../core/notation/languages';
import { readConfig } from '../core/config';
import { readInvoiceFonts } from '../invoices/invoice-fonts';
import { invoiceHtml } from '../invoices/invoice-html';
import { invoicePdf } from '../invoices/invoice-pdf';
import type { InvoiceDocument } from '../ledger/books/invoice-document';
import { creditInvoice } from '../operator/credit-invoice';
import { findInvoice, listInvoices, type InvoiceSummary } from '../operator/invoice.queries';
import { recordInvoicePayment } from '../operator/record-payment';
import { inOneSentence, paymentOptions, readPayment, type PaymentOptions } from './payment-options';
import { print, wholeNumber, withOperator } from './with-operator';

interface Output {
  json?: boolean;
}

/** A page for people; a program asks for more. */
const listedMax = 50;

/** `daypass invoice`: invoices and credit notes, of all accounts. */
export function addInvoiceVerb(program: Command): void {
  const invoice = program
    .command('invoice')
    .description('List, show and credit invoices, and record their payments.');
  addList(invoice);
  addShow(invoice);
  addPaid(invoice);
  addCredit(invoice);
}

function addList(invoice: Command): void {
  invoice
    .command('list')
    .description('Print the newest invoices and credit notes.')
    .option('--account <slug>', 'only those of this account')
    .option('--limit <count>', 'how many', wholeNumber, listedMax)
    .option('--json', 'print {"invoices"}')
    .action(async ({ account, limit, ...output }: Output & { account?: string; limit: number }) => {
      const invoices = await withOperator(({ source }) =>
        listInvoices(source, { account: account ?? null, limit: Math.max(0, limit) }),
      );
      print({ invoices }, invoices.map(line).join('\n') || 'There are no invoices.', output);
    });
}

function addShow(invoice: Command): void {
  invoice
    .command('show')
    .description('Write a document to the standard output.')
    .argument('<number>', 'the number, e.g. INV-1001-2027-1')
    .addOption(
      new Option('--form <form>', 'json is exactly the text that was hashed')
        .choices(['json', 'html', 'pdf'])
        .default('json'),
    )
    .option('--language <tag>', 'en, de, es or ja, instead of the buyer’s language')
    .action(async (number: string, { form, language }: { form: string; language?: string }) => {
      const { document } = await withOperator(({ source }) => findInvoice(source, number));
      process.stdout.write(await written(document, form, language));
    });
}

async function written(
  text: string,
  form: string,
  tag: string | undefined,
): Promise<string | Buffer> {
  if (form === 'json') return text;
  const document = JSON.parse(text) as InvoiceDocument;
  const language = tag === undefined ? undefined : nearestLanguage(tag);
  if (form === 'html') return invoiceHtml(document, language);
  return invoicePdf(document, await readInvoiceFonts(readConfig().invoiceFont), language);
}

function addCredit(invoice: Command): void {
  invoice
    .command('credit')
    .description('Issue a credit note on an invoice. It takes back money, and no passes.')
    .argument('<number>', 'the number of the invoice')
    .requiredOption('--reason <text>', 'the reason; it is on the credit note')
    .requiredOption(
      '--idempotency-key <key>',
      'an idempotency key of your choice: repeating it issues nothing',
    )
    .option('--amount <amount>', 'the amount with tax; left out: all that is left')
    .option('--json', 'print {"note", "replayed"}')
    .action(
      async (
        number: string,
        {
          amount = null,
          ...options
        }: Output & { amount?: string | null; reason: string; idempotencyKey: string },
      ) => {
        const { reason, idempotencyKey } = options;
        const done = await withOperator(
          (on) => creditInvoice(on, { number, amount, reason, idempotencyKey }),
          { number: '<number>' },
        );
        const what = done.replayed ? 'This note was issued before.' : 'A credit note was issued.';
        print(done, `${what}\n${line(done.note)}`, options);
      },
    );
}

function addPaid(invoice: Command): void {
  paymentOptions(invoice.command('paid'))
    .description('Record a bank transfer for an invoice, or withdraw one that was a mistake.')
    .argument('<number>', 'the number of the invoice')
    .action(async (number: string, options: PaymentOptions) => {
      const paid = await withOperator(
        (on) => recordInvoicePayment(on, number, readPayment(options)),
        { number: '<number>' },
      );
      print(paid, inOneSentence(paid), options);
    });
}

function line(one: InvoiceSummary): string {
  const due = one.dueOn ? `, due ${one.dueOn}` : '';
  const corrects = one.corrects ? `, corrects ${one.corrects}` : '';
  const sign = one.kind === 'CREDIT_NOTE' ? '-' : '';
  return `${one.number}  ${one.account}  ${one.issuedOn}  ${sign}${one.gross} ${one.currency}${due}${corrects}`;
}
