import type { Feature } from '../api/feature';
import { invoiceMails } from './mail-invoices';
import { sendInvoice } from './send-invoice';
import { InvoicesResolver, loadInvoiceNode } from './invoices.resolver';

/** Invoices and credit notes. */
export const invoicesFeature: Feature = {
  resolvers: [InvoicesResolver],
  nodes: { Invoice: loadInvoiceNode },
  tasks: { 'send-invoice': { needs: 'MAILER', run: sendInvoice } },
  followers: [invoiceMails],
};
