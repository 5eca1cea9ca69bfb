import type { DataSource } from 'typeorm';
import { invoiceToken } from '../access/invoice-token';
import { writeDate } from '../core/notation/date';
import { nearestLanguage } from '../core/notation/languages';
import { canonicalAddress } from '../core/mailbox';
import { AccountScope } from '../db/account-scope';
import type { InvoiceDocument } from '../ledger/books/invoice-document';
import type { Attachment, Mailer } from '../mail/mailer';
import { renderMail } from '../mail/render-mail';
import { CannotWrite, invoiceFonts } from './invoice-fonts';
import { writeAmount } from './invoice-layout';
import { invoiceMail } from './invoice-mail-words';
import { invoicePdf } from './invoice-pdf';
import { invoicesById } from './invoice.queries';

interface Services {
  source: DataSource;
  mailer: Mailer;
  invoiceLinkKey: Uint8Array;
  invoiceFont: string | null;
  publicUrl: string;
}

/**
 * Mails a document to the account's billing address, or, if none has been entered, to its first active
 * admin. The PDF is made now, from the document as it was issued; if no font can write it, the mail
 * has the link alone. If this runs twice, the same mail is sent twice, with the same Message-ID.
 */
export async function sendInvoice(
  on: Services,
  { accountId, invoiceId }: { accountId: string; invoiceId: string },
): Promise<void> {
  const scope = new AccountScope(on.source, accountId);
  const [row] = await invoicesById(scope, [invoiceId]);
  const { address, nowMs } = await readAddress(scope);
  // An address from before the rule may be several mailboxes.
  if (!row || address === null || canonicalAddress(address) === null) return;
  const document = JSON.parse(row.document) as InvoiceDocument;
  const pdf = await pdfOf(document, on.invoiceFont);
  const language = nearestLanguage(document.language);
  const token = invoiceToken(on.invoiceLinkKey, { accountId, invoiceId }, nowMs);
  const words = invoiceMail(language, {
    buyerName: document.buyer.name,
    sellerName: document.seller.name,
    number: document.number,
    gross: writeAmount(document.gross, document.currency, language),
    dueOn: document.dueOn && writeDate(document.dueOn, language),
    link: `${on.publicUrl}/invoices/${invoiceId}.html?access=${token}`,
    hasPdf: pdf !== null,
  });
  await on.mailer.send({
    id: invoiceId,
    accountId,
    to: { name: document.buyer.name, address },
    ...renderMail(words),
    attachments: pdf ? [pdf] : [],
  });
}

/** Null if no font can write the document. */
async function pdfOf(document: InvoiceDocument, font: string | null): Promise<Attachment | null> {
  try {
    const content = await invoicePdf(document, await invoiceFonts(font));
    return { filename: `${document.number}.pdf`, contentType: 'application/pdf', content };
  } catch (error) {
    if (error instanceof CannotWrite) return null;
    throw error;
  }
}

/**
 * Where to mail to, and the database's instant. The billing contact is not an agent: whether agents get
 * mails does not matter for it.
 */
async function readAddress(
  scope: AccountScope,
): Promise<{ address: string | null; nowMs: number }> {
  const [row] = await scope.query<{ address: string | null; nowMs: number }>(
    `select coalesce(
       (select billing_email from billing where account_id = $1),
       (select agent.email from agents agent join accounts account on account.id = $1
         where agent.account_id = $1 and agent.status = 'ACTIVE' and agent.role = 'ACCOUNT_ADMIN'
           and account.email_notifications_enabled
         order by agent.created_at, agent.id limit 1)) as address,
       (extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"`,
  );
  return row!;
}
