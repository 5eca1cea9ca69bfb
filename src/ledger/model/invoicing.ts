import type { InvoiceParty } from '../../core/invoice-party';

/** What an invoice needs beside its order; loaded if a command may issue one. */
export interface Invoicing {
  /** The account's short number, a part of its series. */
  accountNumber: number;
  timeZone: string;
  /** Null until the operator has entered it. */
  seller: {
    party: InvoiceParty;
    taxRegistrations: readonly { country: string; vatId: string }[];
    invoicePrefix: string;
    paymentAccount: string | null;
  } | null;
  /** Null until it has been entered. */
  buyer: InvoiceParty | null;
  /** The last number of each series of the account. */
  series: Readonly<Record<string, number>>;
}
