import { Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import {
  LedgerConsumptionsDocument,
  LedgerSubtotalsDocument,
  LedgerTotalDocument,
  type LedgerConsumptionFragment,
} from '../../generated/app';
import { ToCome } from '../../ui/to-come';
import { ask, nameOf, useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { DataTable } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { PageSize } from '../../ui/page-size';
import { Pager } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { noFilter, useLedgerAddress } from './ledger-address';
import { consumptionColumns, hasSeveral } from './ledger-columns';
import { consumptionCells } from './ledger-cells';
import { ConsumptionDetails } from './ledger-details';
import { Export } from './ledger-export';
import {
  consumptionFilterNames,
  isListed,
  readFilter,
  readSorting,
  toInput,
  writeSorting,
} from './ledger-filter';
import { Filters } from './ledger-filters';
import { ListHead, useMaySeeTickets, useNews } from './ledger-news';
import type { ReadPage } from './ledger-pages';
import { useKnowPass } from './ledger-passes';
import { PrintStatement } from './ledger-statement';
import { Totals } from './ledger-totals';
import { words } from '../../words';

/** The list of consumptions, with filters and an export. */
export function Consumptions() {
  const { account } = useViewer();
  const withTickets = useMaySeeTickets();
  const { params, paging, size, list, open } = useLedgerAddress();
  const knowPass = useKnowPass();
  const queries = useQueryClient();
  // The same objects until the address changes: an answer then draws the list only, not all around it.
  const wanted = useMemo(() => readFilter(params, consumptionFilterNames), [params]);
  const orderBy = useMemo(() => readSorting(params), [params]);
  const filter = useMemo(() => toInput(wanted, account.timeZone), [wanted, account.timeZone]);
  const asked = useMemo(() => ({ filter, orderBy, withTickets }), [filter, orderBy, withTickets]);
  const { data, error, refetch, isPlaceholderData } = useApiQuery(
    LedgerConsumptionsDocument,
    { ...asked, ...paging.variables },
    { isHeld: true },
  );
  const count = useNews(data?.account.journalCursor, {
    counts: (event) =>
      event.__typename === 'DayPassConsumed' && isListed(event.consumption, filter),
    onEvent: (event) => {
      if ('consumption' in event) knowPass(event.consumption);
    },
  });
  const showAll = () => {
    list({});
    for (const document of [
      LedgerConsumptionsDocument,
      LedgerTotalDocument,
      LedgerSubtotalsDocument,
    ]) {
      void queries.invalidateQueries({ queryKey: [nameOf(document as never)] });
    }
  };

  const rows = data?.dayPassConsumptions?.edges.map(({ node }) => node) ?? [];
  const withWallet = hasSeveral(rows.map(({ wallet }) => wallet.id));
  const columns = useMemo(
    () => consumptionColumns({ withWallet, withTickets, open }),
    [withWallet, withTickets, open],
  );
  const cells = useMemo(() => consumptionCells(withTickets), [withTickets]);
  const close = useCallback(() => open(null), [open]);
  const readPage = useCallback<ReadPage<LedgerConsumptionFragment>>(
    async (after, signal) => {
      const page = { ...asked, first: 100, after };
      return (await ask(LedgerConsumptionsDocument, page, signal)).dayPassConsumptions!;
    },
    [asked],
  );
  const isFiltered = Object.keys(wanted).length > 0;
  const isEmpty = data !== undefined && rows.length === 0;
  // One remark says why nothing is there; sums of it and a file of it would fail as well.
  const hasNothing = error !== null && data === undefined;
  return (
    <div className="stack" data-gap="sm">
      <Filters filter={wanted} onChange={list} withClients={withTickets} />
      {!hasNothing && (
        <>
          <Totals filter={filter} groups={withTickets ? groupsWithClients : groups} />
          <ListHead {...{ count, isFiltered }} onShow={showAll} onClear={() => list(noFilter)}>
            <Group gap="xs" justify="end">
              <PrintStatement {...{ filter, wanted, withTickets }} isDisabled={isEmpty} />
              <Export<LedgerConsumptionFragment>
                what="day-passes"
                columns={cells}
                isDisabled={isEmpty}
                readPage={readPage}
              />
            </Group>
          </ListHead>
        </>
      )}
      {error && (
        <Problem
          error={error}
          retry={() => {
            // If the page no longer exists, the first one is shown.
            list({});
            void refetch();
          }}
        />
      )}
      {!data && !error && <ToCome height={480} />}
      {isEmpty && <None isFiltered={isFiltered} onClear={() => list(noFilter)} />}
      {data && rows.length > 0 && (
        <div aria-busy={isPlaceholderData}>
          <DataTable
            caption={words.ledger.consumptions}
            columns={columns}
            rows={rows}
            isStruck={({ status }) => status === 'REVERSED'}
            sorting={orderBy}
            onSort={(sorting) => list({ sort: writeSorting(sorting) })}
          />
          <Pager
            paging={paging}
            pageInfo={data.dayPassConsumptions!.pageInfo}
            totalCount={data.dayPassConsumptions!.totalCount}
            size={size}
          />
          <PageSize size={size} onChange={list} />
        </div>
      )}
      <ConsumptionDetails passId={params.get('pass')} onClose={close} />
    </div>
  );
}

/** What the sums can be grouped by. */
const groups = ['AGENT'] as const;
const groupsWithClients = ['AGENT', 'CLIENT'] as const;

function None({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) {
    return <Empty title={words.ledger.none}>{words.ledger.noneText}</Empty>;
  }
  return (
    <Stack align="center" gap={0}>
      <Empty title={words.ledger.filter.noMatch}>{words.ledger.filter.noMatchText}</Empty>
      <Button variant="default" size="xs" onClick={onClear}>
        {words.ledger.filter.showAll}
      </Button>
    </Stack>
  );
}
