import { Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { BuyMayLookBackDocument, BuyPastDocument, type BuyPastQuery } from '../generated/app';
import { ask, nameOf, useAsk } from '../session/use-ask';
import { useViewer } from '../session/viewer';
import { DataTable, type Column } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Instant, writeInstant } from '../ui/instant';
import { writeMoney } from '../ui/money';
import { Problem } from '../ui/problem';
import { AdminGate } from './admin-gate';

/** By themselves so many purchases are looked for, over at most so many pages of the journal. */
const enough = { purchases: 5, pages: 10 };

type Events = NonNullable<BuyPastQuery['dayPassEvents']>;
type Purchased = Extract<Events['edges'][number]['node'], { purchase: object }>;

/** What was bought before. Unlike buying it is gated, so an occasional admin is not asked unasked. */
export function PastPurchases() {
  const { agent } = useViewer();
  const isFullTime = agent?.type === 'FULL_TIME';
  const [isWanted, setIsWanted] = useState(false);
  const { data } = useAsk(
    BuyMayLookBackDocument,
    { section: agent?.sections[0] ?? 'TICKETS' },
    { enabled: !isFullTime },
  );
  const isShown = isFullTime || isWanted || data?.viewer.portalAccess.allowed === true;
  return (
    <Card withBorder component="section" aria-labelledby="past-purchases">
      <Stack gap="sm">
        <Title order={2} size="h4" id="past-purchases">
          Past purchases
        </Title>
        {isShown ? (
          <AdminGate>
            <Purchases />
          </AdminGate>
        ) : (
          <Group>
            <Text>To see them you need a day pass; to buy you do not.</Text>
            <Button variant="default" size="xs" onClick={() => setIsWanted(true)}>
              Show past purchases
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

function Purchases() {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    {
      queryKey: [nameOf(BuyPastDocument)],
      queryFn: async ({ pageParam, signal }) =>
        (await ask(BuyPastDocument, { before: pageParam }, signal)).dayPassEvents!,
      initialPageParam: null as string | null,
      getNextPageParam: ({ pageInfo }: Events) =>
        pageInfo.hasPreviousPage ? pageInfo.startCursor : null,
    },
  );
  const pages = data?.pages ?? [];
  const found = pages.flatMap(purchasesIn);
  const isEnough = found.length >= enough.purchases || pages.length >= enough.pages;
  useEffect(() => {
    if (hasNextPage && !isEnough && !isFetchingNextPage && !error) void fetchNextPage();
  }, [hasNextPage, isEnough, isFetchingNextPage, error, fetchNextPage]);

  if (!data) {
    if (error) return <Problem error={error} retry={() => void refetch()} />;
    return <Skeleton height={180} />;
  }
  const oldest = pages.at(-1)?.edges[0]?.node.occurredAt;
  return (
    <>
      {found.length > 0 ? (
        <DataTable caption="Purchases" columns={columnsFor(found)} rows={found} />
      ) : hasNextPage ? (
        <Text c="dimmed">None so far.</Text>
      ) : (
        <Empty title="Nothing was bought yet">What you buy is listed here.</Empty>
      )}
      {error && <Problem error={error} retry={() => void fetchNextPage()} />}
      {hasNextPage && oldest && (
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            Looked back to {writeInstant(oldest)}.
          </Text>
          <Button
            variant="default"
            size="xs"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Look further back
          </Button>
        </Group>
      )}
    </>
  );
}

/** Of a page of the journal, which is oldest first, the purchases, newest first. */
function purchasesIn({ edges }: Events): Purchased[] {
  return edges.flatMap(({ node }) => ('purchase' in node ? [node] : [])).reverse();
}

function columnsFor(rows: readonly Purchased[]): Column<Purchased>[] {
  const wallets = new Set(rows.map(({ wallet }) => wallet.name));
  return [
    { title: 'When', cell: ({ occurredAt }) => <Instant at={occurredAt} /> },
    {
      title: 'Passes',
      isNumber: true,
      cell: ({ purchase }) => purchase.quantity.toLocaleString('en'),
    },
    { title: 'Per pass', isNumber: true, cell: ({ purchase }) => writeMoney(purchase.unitPrice) },
    { title: 'Total', isNumber: true, cell: ({ purchase }) => writeMoney(purchase.total) },
    { title: 'Balance after', isNumber: true, cell: ({ balance }) => balance.toLocaleString('en') },
    { title: 'By', cell: ({ purchase }) => purchase.purchasedBy?.name ?? 'Daypass' },
    ...(wallets.size > 1
      ? [{ title: 'Wallet', cell: ({ wallet }: Purchased) => wallet.name }]
      : []),
  ];
}
