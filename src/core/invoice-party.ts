/** The seller or the buyer as a document names it: the terms of EN 16931. */
export interface InvoiceParty {
  name: string;
  addressLines: string[];
  postalCode: string | null;
  city: string;
  region: string | null;
  /** ISO 3166-1, two letters. */
  country: string;
  vatId: string | null;
  registrationId: string | null;
  /** For e-invoices, as scheme:id, e.g. 0088:4035811991021. */
  electronicAddress: string | null;
}
