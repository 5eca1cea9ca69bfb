import { Alert, Anchor, Card, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { writeCount } from '../../format/count';
import { dateIn } from '../../format/zone';
import { writeMoney } from '../../format/money';
import { OrdersBillingDocument, OrdersDocument, type OrderRowFragment } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { useParameters } from '../../ui/use-parameters';
import { useTitle } from '../../ui/use-title';
import { words } from '../../words';
import { InvoiceDownload } from './invoice-download';
import { OrderState } from './order-state';
import { OrdersExport } from './orders-export';

/** What was ordered, and what of it is still to be paid. Like buying, it needs no day pass. */
export function Orders() {
  useTitle(words.orders.title);
  const parameters = useParameters();
  const isOpen = parameters.get('open') === 'yes';
  const { data, error, refetch } = useApiQuery(OrdersBillingDocument, {});
  return (
    <Stack gap="lg">
      <Title order={1}>{words.orders.title}</Title>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <RowsToCome />}
      {data && <Open billing={data.account.billing ?? null} />}
      {data && (
        <Card withBorder>
          <Stack gap="sm">
            <Group>
              <Switch
                label={words.orders.onlyOpen}
                checked={isOpen}
                onChange={({ currentTarget }) =>
                  parameters.set({ open: currentTarget.checked ? 'yes' : null })
                }
              />
            </Group>
            <OrderList
              isOpen={isOpen}
              today={dateIn(Date.parse(data.account.now), data.account.timeZone)}
            />
          </Stack>
        </Card>
      )}
    </Stack>
  );
}

function Open({
  billing,
}: {
  billing: {
    holdSince?: string | null;
    outstanding: { amount: string; currency: string };
  } | null;
}) {
  if (!billing) return null;
  const { holdSince, outstanding } = billing;
  return (
    <>
      {holdSince && (
        <Alert color="orange" variant="outline" title={words.orders.hold}>
          {words.orders.holdText}
        </Alert>
      )}
      {Number(outstanding.amount) > 0 && (
        <Text fw={600}>{words.orders.outstanding(writeMoney(outstanding))}</Text>
      )}
    </>
  );
}

function OrderList({ isOpen, today }: { isOpen: boolean; today: string }) {
  const paging = usePaging(isOpen);
  const filter = isOpen ? ({ payment: 'OPEN' } as const) : null;
  const { data, error, refetch } = useApiQuery(OrdersDocument, { filter, ...paging.variables });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data?.dayPassOrders) return <RowsToCome />;
  const { edges, pageInfo, totalCount } = data.dayPassOrders;
  if (edges.length === 0) {
    return isOpen ? (
      <Empty title={words.orders.noneOpen}>{words.orders.noneOpenText}</Empty>
    ) : (
      <Empty title={words.orders.none}>{words.orders.noneText}</Empty>
    );
  }
  return (
    <div>
      <DataTable
        caption={words.orders.caption}
        columns={columnsAt(today)}
        rows={edges.map(({ node }) => node)}
      />
      <Pager paging={paging} pageInfo={pageInfo} totalCount={totalCount} />
      <OrdersExport isOpen={isOpen} />
    </div>
  );
}

const columnsAt = (today: string): Column<OrderRowFragment>[] => [
  {
    title: words.orders.columns.order,
    cell: ({ id, number }) => (
      <Anchor component={Link} to={`/admin/orders/${encodeURIComponent(id)}`} inherit fw={500}>
        {number}
      </Anchor>
    ),
  },
  {
    title: words.orders.columns.state,
    cell: (order) => <OrderState order={order} today={today} />,
  },
  { title: words.orders.columns.placed, cell: ({ placedAt }) => <Instant at={placedAt} /> },
  {
    title: words.orders.columns.passes,
    isNumber: true,
    cell: ({ quantity }) => writeCount(quantity),
  },
  { title: words.orders.columns.total, isNumber: true, cell: ({ gross }) => writeMoney(gross) },
  {
    title: words.orders.columns.invoice,
    cell: ({ invoices }) =>
      invoices?.map((invoice) => <InvoiceDownload key={invoice.id} invoice={invoice} />),
  },
];
