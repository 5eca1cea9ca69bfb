import type { FiledInvoiceFragment, FiledOrderFragment } from '../../generated/app';
import { words } from '../../words';
import type { CsvColumn } from '../ledger/ledger-csv';

/** An exported order. Instants are in UTC. */
export const orderCells: CsvColumn<FiledOrderFragment>[] = [
  { title: words.orders.csv.order, value: ({ number }) => number },
  { title: words.orders.csv.placedAt, value: ({ placedAt }) => placedAt },
  { title: words.orders.csv.placedBy, value: ({ placedBy, actor }) => (placedBy ?? actor)?.name },
  {
    title: words.orders.csv.purchaseOrder,
    value: ({ purchaseOrderNumber }) => purchaseOrderNumber,
  },
  { title: words.orders.csv.wallet, value: ({ wallet }) => wallet.name },
  { title: words.orders.csv.passes, value: ({ quantity }) => quantity },
  { title: words.orders.csv.perPass, value: ({ unitPrice }) => unitPrice },
  { title: words.orders.csv.net, value: ({ net }) => net },
  { title: words.orders.csv.gross, value: ({ gross }) => gross },
  { title: words.orders.csv.currency, value: ({ gross }) => gross.currency },
  { title: words.orders.csv.status, value: ({ status }) => words.orders.csv.ofStatus[status] },
  { title: words.orders.csv.received, value: ({ received }) => received },
  { title: words.orders.csv.returned, value: ({ returned }) => returned },
  { title: words.orders.csv.creditNotes, value: ({ creditNotes }) => creditNotes },
  { title: words.orders.csv.outstanding, value: ({ outstanding }) => outstanding },
  { title: words.orders.csv.due, value: ({ dueOn }) => dueOn },
  { title: words.orders.csv.cameAt, value: ({ creditedAt }) => creditedAt },
  {
    title: words.orders.csv.documents,
    value: ({ invoices }) => invoices?.map(({ number }) => number).join(' '),
  },
];

/** An exported invoice or credit note; the amounts of a credit note are negative. */
export const invoiceCells: CsvColumn<FiledInvoiceFragment>[] = [
  { title: words.orders.csv.number, value: ({ number }) => number },
  { title: words.orders.csv.document, value: ({ kind }) => words.orders.page.kind[kind] },
  { title: words.orders.csv.corrects, value: ({ corrects }) => corrects?.number },
  { title: words.orders.csv.order, value: ({ order }) => order?.number },
  {
    title: words.orders.csv.purchaseOrder,
    value: ({ purchaseOrderNumber }) => purchaseOrderNumber,
  },
  { title: words.orders.csv.issued, value: ({ issuedOn }) => issuedOn },
  { title: words.orders.csv.due, value: ({ dueOn }) => dueOn },
  { title: words.orders.csv.seller, value: ({ seller }) => seller.name },
  { title: words.orders.csv.buyer, value: ({ buyer }) => buyer.name },
  { title: words.orders.csv.net, value: signed('net') },
  {
    title: words.orders.csv.taxRate,
    value: ({ taxes }) => taxes.map(({ rate }) => rate).join(' '),
  },
  { title: words.orders.csv.gross, value: signed('gross') },
  { title: words.orders.csv.currency, value: ({ gross }) => gross.currency },
];

function signed(field: 'net' | 'gross') {
  return ({ kind, ...invoice }: FiledInvoiceFragment) => {
    const { amount } = invoice[field];
    return { amount: kind === 'CREDIT_NOTE' && Number(amount) !== 0 ? `-${amount}` : amount };
  };
}
