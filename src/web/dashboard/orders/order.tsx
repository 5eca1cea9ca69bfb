import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { writeCount } from '../../format/count';
import { writeMoney } from '../../format/money';
import { writeDate } from '../../format/times';
import { dateIn } from '../../format/zone';
import {
  CancelOrderDocument,
  OrderByIdDocument,
  OrderChangesDocument,
  type OrderDetailsFragment,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { useLive } from '../../session/use-live';
import { AskingButton } from '../../ui/asking-button';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { sayDone } from '../../ui/say-done';
import { useTitle } from '../../ui/use-title';
import { words } from '../../words';
import { Facts } from '../ledger/ledger-facts';
import { InvoiceDownload } from './invoice-download';
import { OrderLife } from './order-life';
import { OrderState } from './order-state';
import { useMaySeeNames } from '../use-may-see-names';

/** One order: what was ordered, what is paid, and its documents. */
export function OrderPage() {
  useTitle(words.orders.title);
  const { orderId = '' } = useParams();
  return (
    <Stack>
      <Anchor component={Link} to="/admin/orders" size="sm">
        {words.orders.page.back}
      </Anchor>
      <OneOrder key={orderId} id={orderId} />
    </Stack>
  );
}

function OneOrder({ id }: { id: string }) {
  const withNames = useMaySeeNames();
  const { data, error, refetch } = useApiQuery(OrderByIdDocument, { id, withNames });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <RowsToCome rows={8} />;
  // An id of another type has none of the fields.
  const order = data.node as Partial<OrderDetailsFragment> | null;
  if (!isOrder(order)) return <Empty title={words.orders.page.notFound} />;
  const { now, timeZone } = data.account;
  return (
    <>
      {isUnderWay(order) && <Changes id={order.id} read={() => void refetch()} />}
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={1} className="heading" tabIndex={-1}>
            {words.orders.page.title(order.number)}
          </Title>
          <OrderState order={order} today={dateIn(Date.parse(now), timeZone)} />
        </Group>
        {order.status === 'PLACED' && <Cancel id={order.id} />}
      </Group>
      <Part title={words.orders.page.facts}>
        <Facts facts={factsOf(order)} />
        {order.taxes.length === 0 && <Text size="sm">{words.orders.page.taxNotIncluded}</Text>}
        {order.taxes.map(
          ({ note }) =>
            note && (
              <Text key={note} size="sm">
                {note}
              </Text>
            ),
        )}
      </Part>
      <Part title={words.orders.page.money}>
        <Facts facts={moneyOf(order)} />
        {Number(order.overpaid.amount) > 0 && (
          <Text size="sm">{words.orders.page.overpaidText}</Text>
        )}
        {order.payments.length > 0 ? (
          <DataTable
            caption={words.orders.page.payments}
            columns={paymentColumns}
            rows={order.payments.map((payment) => ({ id: payment.reference, ...payment }))}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {words.orders.page.noPayments}
          </Text>
        )}
      </Part>
      <Part title={words.orders.life.title}>
        <OrderLife order={order} />
      </Part>
      <Part title={words.orders.page.documents}>
        {order.invoices && order.invoices.length > 0 ? (
          <DataTable
            caption={words.orders.page.documentsCaption}
            columns={documentColumns}
            rows={order.invoices}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {words.orders.page.noDocuments}
          </Text>
        )}
      </Part>
    </>
  );
}

const isUnderWay = ({ status }: OrderDetailsFragment): boolean =>
  status === 'PLACED' || status === 'CREDITED';

/** Reads the order again when its passes come, or a payment. */
function Changes({ id, read }: { id: string; read: () => void }) {
  useLive(OrderChangesDocument, { id }, { next: read });
  return null;
}

function isOrder(node: Partial<OrderDetailsFragment> | null): node is OrderDetailsFragment {
  return node?.quantity !== undefined;
}

function Cancel({ id }: { id: string }) {
  return (
    <AskingButton
      label={words.orders.cancel.act}
      title={words.orders.cancel.title}
      document={CancelOrderDocument}
      variables={{ input: { orderId: id } }}
      of={({ cancelDayPassOrder }) => cancelDayPassOrder}
      done={() => sayDone(words.orders.cancel.done)}
      isDangerous
    >
      <Text size="sm">{words.orders.cancel.text}</Text>
    </AskingButton>
  );
}

function factsOf(order: OrderDetailsFragment): Parameters<typeof Facts>[0]['facts'] {
  return [
    [words.orders.page.placed, <Instant key="placed" at={order.placedAt} />],
    [words.orders.page.wallet, order.wallet.name],
    [words.orders.page.passes, writeCount(order.quantity)],
    [words.orders.page.perPass, writeMoney(order.unitPrice)],
    [words.orders.page.net, writeMoney(order.net)],
    ...order.taxes.map(
      ({ rate, amount }) => [words.orders.page.tax(rate), writeMoney(amount)] as const,
    ),
    [words.orders.page.gross, <strong key="gross">{writeMoney(order.gross)}</strong>],
    order.purchaseOrderNumber ? [words.orders.page.purchaseOrder, order.purchaseOrderNumber] : null,
    order.canceledAt
      ? [words.orders.page.canceled, <Instant key="canceled" at={order.canceledAt} />]
      : [
          words.orders.page.passesCame,
          order.creditedAt ? (
            <Instant key="came" at={order.creditedAt} />
          ) : (
            words.orders.page.notYet
          ),
        ],
    order.creditedAt ? [words.orders.page.used, writeCount(order.passesUsed)] : null,
    order.creditedAt ? [words.orders.page.left, writeCount(order.passesLeft)] : null,
  ];
}

function moneyOf(order: OrderDetailsFragment): Parameters<typeof Facts>[0]['facts'] {
  const { received, returned, creditNotes, overpaid, outstanding, dueOn } = order;
  const ifAny = (name: string, money: typeof received) =>
    Number(money.amount) > 0 ? ([name, writeMoney(money)] as const) : null;
  return [
    dueOn ? [words.orders.page.due, writeDate(dueOn, 'dateOfYear')] : null,
    [words.orders.page.received, writeMoney(received)],
    ifAny(words.orders.page.returned, returned),
    ifAny(words.orders.page.creditNotes, creditNotes),
    [words.orders.page.outstanding, <strong key="open">{writeMoney(outstanding)}</strong>],
    ifAny(words.orders.page.overpaid, overpaid),
  ];
}

type Payment = OrderDetailsFragment['payments'][number] & { id: string };

const paymentColumns: Column<Payment>[] = [
  {
    title: words.orders.page.receivedOn,
    cell: ({ receivedOn, recordedAt }) =>
      receivedOn ? writeDate(receivedOn, 'dateOfYear') : <Instant at={recordedAt} />,
  },
  {
    title: words.orders.page.reference,
    cell: ({ reference }) => <div className="wraps">{reference}</div>,
  },
  {
    title: words.orders.page.amount,
    isNumber: true,
    cell: ({ received }) => writeMoney(received),
  },
  {
    title: words.orders.page.returned,
    isNumber: true,
    cell: ({ returned }) => (Number(returned.amount) > 0 ? writeMoney(returned) : null),
  },
];

type Document = NonNullable<OrderDetailsFragment['invoices']>[number];

const documentColumns: Column<Document>[] = [
  { title: words.orders.page.document, cell: ({ kind }) => words.orders.page.kind[kind] },
  { title: words.orders.page.issued, cell: ({ issuedOn }) => writeDate(issuedOn, 'dateOfYear') },
  { title: words.orders.page.gross, isNumber: true, cell: ({ gross }) => writeMoney(gross) },
  { title: words.orders.page.number, cell: (invoice) => <InvoiceDownload invoice={invoice} /> },
];
