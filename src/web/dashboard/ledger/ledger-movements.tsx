import { ToCome } from '../../ui/to-come';
import { SideDialog } from '../../ui/dialog';
import { writeCount, writeDelta } from '../../format/count';
import { Code } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { memo, useCallback, useMemo, useState } from 'react';
import { LedgerMovementsDocument } from '../../generated/app';
import { ask, nameOf, useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { PageSize } from '../../ui/page-size';
import { Pager, type Paging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { noFilter, useLedgerAddress } from './ledger-address';
import { movementCells } from './ledger-cells';
import { hasSeveral } from './ledger-columns';
import { Export } from './ledger-export';
import { Facts } from './ledger-facts';
import { movementFilterNames, readFilter, toEventInput } from './ledger-filter';
import { MovementFilters } from './ledger-filters';
import { TwoLines } from './ledger-lines';
import { ListHead, useNews } from './ledger-news';
import type { ReadPage } from './ledger-pages';
import { actorOf, kindOf, reasonOf, subjectOf, type Movement } from './ledger-words';
import { words } from '../../words';
import { writeZone } from '../../../core/notation/zone';
import { pageLanguage } from '../../format/language';
import { writeDate } from '../../format/times';

/** The journal: everything that moved passes, the newest first. */
export function Movements() {
  const { params, paging, size, list } = useLedgerAddress();
  const { timeZone } = useViewer().account;
  const wanted = useMemo(() => readFilter(params, movementFilterNames), [params]);
  const isFiltered = Object.keys(wanted).length > 0;
  const filter = useMemo(() => toEventInput(wanted, timeZone), [wanted, timeZone]);
  const queries = useQueryClient();
  const [open, setOpen] = useState<Movement | null>(null);
  const { first, after, before } = paging.variables;
  // The API lists the oldest entry first; this page lists the newest first.
  const isStart = after === undefined && before === undefined;
  const { data, error, refetch } = useApiQuery(
    LedgerMovementsDocument,
    {
      filter,
      ...(isStart
        ? { last: first }
        : before === undefined
          ? { last: first, before: after }
          : { first: size, after: before }),
    },
    { isHeld: true },
  );
  const count = useNews(data?.account.journalCursor, { counts: () => true });
  const rows = data?.dayPassEvents?.edges.map(({ node }) => node).reverse() ?? [];
  const isEmpty = data !== undefined && rows.length === 0;
  const withWallet = hasSeveral(rows.map(({ wallet }) => wallet.id));
  const columns = useMemo(() => columnsFor(withWallet, setOpen), [withWallet]);
  const readPage = useCallback<ReadPage<Movement>>(
    async (cursor, signal) => {
      const page = { filter, first: 100, after: cursor };
      return (await ask(LedgerMovementsDocument, page, signal)).dayPassEvents!;
    },
    [filter],
  );
  return (
    <div className="stack" data-gap="sm">
      <MovementFilters filter={wanted} onChange={list} />
      {/* What could not be read is neither live nor exported. */}
      {(data || !error) && (
        <ListHead
          {...{ count, isFiltered }}
          onShow={() => {
            list({});
            void queries.invalidateQueries({ queryKey: [nameOf(LedgerMovementsDocument)] });
          }}
          onClear={() => list(noFilter)}
        >
          <Export<Movement>
            what="day-pass-movements"
            columns={movementCells}
            isDisabled={isEmpty}
            readPage={readPage}
          />
        </ListHead>
      )}
      {error && (
        <Problem
          error={error}
          retry={() => {
            list({});
            void refetch();
          }}
        />
      )}
      {!data && !error && <ToCome height={480} />}
      {isEmpty && (
        <Empty title={isFiltered ? words.ledger.filter.noMovements : words.ledger.noMovements}>
          {isFiltered ? words.ledger.filter.noMovementsText : words.ledger.noMovementsText}
        </Empty>
      )}
      {data && rows.length > 0 && (
        <>
          <DataTable caption={words.ledger.movements} columns={columns} rows={rows} />
          <Backwards paging={paging} connection={data.dayPassEvents!} size={size} />
          <PageSize size={size} onChange={list} />
        </>
      )}
      <MovementDetails movement={open} onChange={setOpen} />
    </div>
  );
}

/** The pager of a list that is shown in the order opposite to the API's. */
function Backwards({
  paging,
  size,
  connection: { pageInfo, totalCount },
}: {
  paging: Paging;
  size: number;
  connection: { pageInfo: Parameters<typeof Pager>[0]['pageInfo']; totalCount: number | null };
}) {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  return (
    <Pager
      paging={paging}
      pageInfo={{
        hasNextPage: hasPreviousPage,
        hasPreviousPage: hasNextPage,
        startCursor: endCursor,
        endCursor: startCursor,
      }}
      totalCount={totalCount}
      size={size}
    />
  );
}

function columnsFor(withWallet: boolean, open: (movement: Movement) => void): Column<Movement>[] {
  return [
    {
      title: words.ledger.fields.number,
      isNumber: true,
      cell: (movement) => (
        <button
          type="button"
          className="name-link"
          aria-label={words.ledger.entry(movement.sequence)}
          onClick={() => open(movement)}
        >
          {movement.sequence}
        </button>
      ),
    },
    { title: words.ledger.fields.when, cell: ({ occurredAt }) => <Instant at={occurredAt} /> },
    { title: words.ledger.fields.what, cell: kindOf },
    { title: words.ledger.fields.change, isNumber: true, cell: ({ delta }) => writeDelta(delta) },
    {
      title: words.ledger.fields.balanceAfter,
      isNumber: true,
      cell: ({ balance }) => writeCount(balance),
    },
    {
      title: words.ledger.fields.about,
      cell: (movement) => (
        <div className="clipped about" title={reasonOf(movement) ?? undefined}>
          <TwoLines
            first={subjectOf(movement) || reasonOf(movement) || '–'}
            second={second(movement)}
          />
        </div>
      ),
    },
    { title: words.ledger.fields.by, cell: actorOf },
    ...(withWallet
      ? [{ title: words.ledger.fields.wallet, cell: ({ wallet }: Movement) => wallet.name }]
      : []),
  ];
}

/** The reason is the second line, or the first if there is nothing else. */
function second(movement: Movement): string | null {
  return subjectOf(movement) ? reasonOf(movement) : null;
}

const MovementDetails = memo(function MovementDetails({
  movement,
  onChange,
}: {
  movement: Movement | null;
  onChange: (movement: null) => void;
}) {
  return (
    <SideDialog
      opened={movement !== null}
      onClose={() => onChange(null)}
      position="right"
      size="md"
      title={movement ? words.ledger.entry(movement.sequence) : ''}
    >
      {movement && (
        <Facts
          facts={[
            [words.ledger.fields.what, kindOf(movement)],
            [words.ledger.fields.when, <Instant key="occurredAt" at={movement.occurredAt} />],
            [words.ledger.fields.change, writeDelta(movement.delta)],
            [words.ledger.fields.balanceAfter, writeCount(movement.balance)],
            subjectOf(movement) ? [words.ledger.fields.about, subjectOf(movement)] : null,
            'consumption' in movement
              ? [
                  words.ledger.fields.localDate,
                  words.ledger.dateInZone(
                    writeDate(movement.consumption.localDate, 'dateOfYear'),
                    writeZone(movement.consumption.timeZone, pageLanguage),
                  ),
                ]
              : null,
            [words.ledger.fields.by, actorOf(movement)],
            reasonOf(movement) === null ? null : [words.ledger.fields.reason, reasonOf(movement)],
            movement.__typename === 'DayPassesGranted'
              ? [words.ledger.fields.lotExpires, lotEndOf(movement.lotExpiresAt)]
              : null,
            [words.ledger.fields.wallet, movement.wallet.name],
            [words.ledger.fields.walletNumber, writeCount(movement.walletSequence)],
            [words.ledger.fields.id, <Code key="id">{movement.id}</Code>],
            [words.ledger.fields.cursor, <Code key="cursor">{movement.cursor}</Code>],
          ]}
        />
      )}
    </SideDialog>
  );
});

function lotEndOf(expiresAt: string | null) {
  return expiresAt === null ? words.ledger.never : <Instant at={expiresAt} />;
}
