import { Group } from '@mantine/core';
import {
  InvoicesFileDocument,
  OrdersFileDocument,
  type FiledInvoiceFragment,
  type FiledOrderFragment,
} from '../../generated/app';
import { ask } from '../../session/use-api-query';
import { words } from '../../words';
import { Export } from '../ledger/ledger-export';
import { invoiceCells, orderCells } from './orders-cells';
import { useMaySeeNames } from '../use-may-see-names';

const rowsOfPage = 100;

/** The orders of the list, and their documents, as files: all that are open, or all. */
export function OrdersExport({ isOpen }: { isOpen: boolean }) {
  const withNames = useMaySeeNames();
  return (
    <Group gap="xs" justify="end" mt="sm">
      <Export<FiledOrderFragment>
        what="orders"
        label={words.orders.csv.orders}
        columns={orderCells}
        readPage={async (after, signal) => {
          const filter = isOpen ? ({ payment: 'OPEN' } as const) : null;
          const page = { filter, first: rowsOfPage, after, withNames };
          return (await ask(OrdersFileDocument, page, signal)).dayPassOrders!;
        }}
      />
      <Export<FiledInvoiceFragment>
        what="invoices"
        label={words.orders.csv.invoices}
        columns={invoiceCells}
        readPage={async (after, signal) => {
          const filter = isOpen ? { open: true } : null;
          const page = { filter, first: rowsOfPage, after };
          return (await ask(InvoicesFileDocument, page, signal)).invoices!;
        }}
      />
    </Group>
  );
}
