import type { Feature } from '../api/feature';
import { InvoicesResolver, loadInvoiceNode } from './invoices.resolver';

/** Invoices and credit notes. */
export const invoicesFeature: Feature = {
  resolvers: [InvoicesResolver],
  nodes: { Invoice: loadInvoiceNode },
  tasks: {},
  followers: [],
};
