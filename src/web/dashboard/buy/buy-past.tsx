import { writeCount } from '../../format/count';
import { Button, Card, Group, Stack, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { BuyPastDocument, type BuyPastQuery } from '../../generated/app';
import { ask, nameOf } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { writeMoney } from '../../format/money';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { words } from '../../words';
import { useMaySeeNames } from '../use-may-see-names';

type Page = NonNullable<BuyPastQuery['dayPassPurchases']>;
type Purchase = Page['edges'][number]['node'];

/** Past purchases. Like buying, this list needs no day pass. */
export function PastPurchases() {
  return (
    <Card withBorder component="section" aria-labelledby="past-purchases">
      <Stack gap="sm">
        <Title order={2} size="h4" id="past-purchases">
          {words.buy.past.title}
        </Title>
        <Purchases />
      </Stack>
    </Card>
  );
}

function Purchases() {
  const withNames = useMaySeeNames();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    {
      queryKey: [nameOf(BuyPastDocument)],
      queryFn: async ({ pageParam, signal }) =>
        (await ask(BuyPastDocument, { after: pageParam, withNames }, signal)).dayPassPurchases!,
      initialPageParam: null as string | null,
      getNextPageParam: ({ pageInfo }: Page) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    },
  );
  if (!data) {
    if (error) return <Problem error={error} retry={() => void refetch()} />;
    return <RowsToCome rows={4} />;
  }
  const purchases = data.pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  return (
    <>
      {purchases.length > 0 ? (
        <DataTable
          caption={words.buy.past.caption}
          columns={columnsFor(purchases, withNames)}
          rows={purchases}
        />
      ) : (
        <Empty title={words.buy.past.none}>{words.buy.past.noneText}</Empty>
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
            {words.buy.past.older}
          </Button>
        </Group>
      )}
    </>
  );
}

function columnsFor(rows: readonly Purchase[], withNames: boolean): Column<Purchase>[] {
  const wallets = new Set(rows.map(({ wallet }) => wallet.name));
  return [
    { title: words.buy.past.when, cell: ({ purchasedAt }) => <Instant at={purchasedAt} /> },
    { title: words.buy.past.passes, isNumber: true, cell: ({ quantity }) => writeCount(quantity) },
    {
      title: words.buy.past.perPass,
      isNumber: true,
      cell: ({ unitPrice }) => writeMoney(unitPrice),
    },
    { title: words.buy.past.total, isNumber: true, cell: ({ total }) => writeMoney(total) },
    ...(withNames
      ? [
          {
            title: words.buy.past.by,
            cell: ({ purchasedBy }: Purchase) => purchasedBy?.name ?? words.dashboard.service,
          },
        ]
      : []),
    ...(wallets.size > 1
      ? [{ title: words.buy.past.wallet, cell: ({ wallet }: Purchase) => wallet.name }]
      : []),
  ];
}
