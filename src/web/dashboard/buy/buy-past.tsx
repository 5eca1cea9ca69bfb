import { writeCount } from '../../format/count';
import { Button, Card, Group, Skeleton, Stack, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { BuyPastDocument, type BuyPastQuery } from '../../generated/app';
import { ask, nameOf } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { writeMoney } from '../../format/money';
import { Problem } from '../../ui/problem';

type Page = NonNullable<BuyPastQuery['dayPassPurchases']>;
type Purchase = Page['edges'][number]['node'];

/** What was bought before. Like buying it needs no day pass. */
export function PastPurchases() {
  return (
    <Card withBorder component="section" aria-labelledby="past-purchases">
      <Stack gap="sm">
        <Title order={2} size="h4" id="past-purchases">
          Past purchases
        </Title>
        <Purchases />
      </Stack>
    </Card>
  );
}

function Purchases() {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    {
      queryKey: [nameOf(BuyPastDocument)],
      queryFn: async ({ pageParam, signal }) =>
        (await ask(BuyPastDocument, { after: pageParam }, signal)).dayPassPurchases!,
      initialPageParam: null as string | null,
      getNextPageParam: ({ pageInfo }: Page) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    },
  );
  if (!data) {
    if (error) return <Problem error={error} retry={() => void refetch()} />;
    return <Skeleton height={180} />;
  }
  const purchases = data.pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  return (
    <>
      {purchases.length > 0 ? (
        <DataTable caption="Purchases" columns={columnsFor(purchases)} rows={purchases} />
      ) : (
        <Empty title="Nothing was bought yet">What you buy is listed here.</Empty>
      )}
      {error && <Problem error={error} retry={() => void fetchNextPage()} />}
      {hasNextPage && (
        <Group justify="end">
          <Button
            variant="default"
            size="xs"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show older purchases
          </Button>
        </Group>
      )}
    </>
  );
}

function columnsFor(rows: readonly Purchase[]): Column<Purchase>[] {
  const wallets = new Set(rows.map(({ wallet }) => wallet.name));
  return [
    { title: 'When', cell: ({ purchasedAt }) => <Instant at={purchasedAt} /> },
    { title: 'Passes', isNumber: true, cell: ({ quantity }) => writeCount(quantity) },
    { title: 'Per pass', isNumber: true, cell: ({ unitPrice }) => writeMoney(unitPrice) },
    { title: 'Total', isNumber: true, cell: ({ total }) => writeMoney(total) },
    { title: 'By', cell: ({ purchasedBy }) => purchasedBy?.name ?? 'Daypass' },
    ...(wallets.size > 1 ? [{ title: 'Wallet', cell: ({ wallet }: Purchase) => wallet.name }] : []),
  ];
}
