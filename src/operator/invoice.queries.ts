import type { DataSource } from 'typeorm';
import { formatMinor } from '../core/money';
import { OperatorRefusal } from './operator';

/** A document as the operator's lists show it. */
export interface InvoiceSummary {
  account: string;
  number: string;
  kind: 'INVOICE' | 'CREDIT_NOTE';
  issuedOn: string;
  dueOn: string | null;
  net: string;
  tax: string;
  gross: string;
  currency: string;
  /** The number of the invoice that a credit note takes back from. */
  corrects: string | null;
  digest: string;
}

interface Listed extends Omit<InvoiceSummary, 'net' | 'tax' | 'gross'> {
  netMinor: string;
  taxMinor: string;
}

const columns = `account.slug as account, row.series || '-' || row.place as number, row.kind,
  to_char(row.issued_on, 'YYYY-MM-DD') as "issuedOn", to_char(row.due_on, 'YYYY-MM-DD') as "dueOn",
  row.net_minor as "netMinor", row.tax_minor as "taxMinor", row.currency,
  corrected.series || '-' || corrected.place as corrects, row.digest
  from invoices row join accounts account on account.id = row.account_id
  left join invoices corrected
    on corrected.account_id = row.account_id and corrected.id = row.corrects_id`;

/** The newest documents of an account, or of all accounts. */
export async function listInvoices(
  source: DataSource,
  { account, limit }: { account: string | null; limit: number },
): Promise<InvoiceSummary[]> {
  const rows = await source.query<Listed[]>(
    `select ${columns} where $1::text is null or account.slug = $1
     order by row.issued_at desc, row.account_id, row.sequence desc limit $2`,
    [account, limit],
  );
  return rows.map(summaryOf);
}

export async function readInvoiceSummary(
  source: DataSource,
  { accountId, id }: { accountId: string; id: string },
): Promise<InvoiceSummary> {
  const [row] = await source.query<Listed[]>(
    `select ${columns} where row.account_id = $1 and row.id = $2`,
    [accountId, id],
  );
  return summaryOf(row!);
}

interface FoundInvoice {
  accountId: string;
  id: string;
  kind: InvoiceSummary['kind'];
  orderId: string;
  currency: string;
  document: string;
}

/** The document with that number. Throws an OperatorRefusal if no account has it. */
export async function findInvoice(source: DataSource, number: string): Promise<FoundInvoice> {
  // A number has the account's number in it, so one account is searched.
  const [, series, account, place] =
    /^([A-Z0-9-]+?-(\d{1,9})-\d{4}(?:-CN)?)-(\d{1,9})$/.exec(number.trim()) ?? [];
  const [row] = series
    ? await source.query<FoundInvoice[]>(
        `select row.account_id as "accountId", row.id, row.kind, row.order_id as "orderId",
           row.currency, row.document
         from accounts account join invoices row on row.account_id = account.id
         where account.number = $1 and row.series = $2 and row.place = $3`,
        [Number(account), series, Number(place)],
      )
    : [];
  if (!row) throw new OperatorRefusal('number', `there is no invoice ${number}`);
  return row;
}

function summaryOf({ netMinor, taxMinor, ...row }: Listed): InvoiceSummary {
  const { currency } = row;
  const money = (minor: number) => formatMinor({ minor, currency });
  const [net, tax] = [Number(netMinor), Number(taxMinor)];
  return { ...row, net: money(net), tax: money(tax), gross: money(net + tax) };
}
