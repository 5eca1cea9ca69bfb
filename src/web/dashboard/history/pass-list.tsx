import { memo } from 'react';
import {
  LedgerConsumptionsDocument,
  type DayPassConsumptionFilter,
  type LedgerConsumptionFragment,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { words } from '../../words';

/** Rows of one page. */
export const passesShown = 10;

/** The consumptions under a filter, the newest first. Reversed ones are struck through. */
export const PassList = memo(function PassList({
  filter,
  columns,
  withTickets,
  isNarrowed,
}: {
  filter: DayPassConsumptionFilter;
  columns: readonly Column<LedgerConsumptionFragment>[];
  withTickets: boolean;
  /** Whether a period was chosen: then other dates may have passes. */
  isNarrowed: boolean;
}) {
  const paging = usePaging(filter, passesShown);
  const { data, error, refetch, isPlaceholderData } = useApiQuery(LedgerConsumptionsDocument, {
    filter,
    withTickets,
    ...paging.variables,
  });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  const passes = data?.dayPassConsumptions;
  if (!passes) return <RowsToCome rows={3} />;
  if (passes.edges.length === 0) {
    return isNarrowed ? (
      <Empty title={words.history.noMatch}>{words.history.noMatchText}</Empty>
    ) : (
      <Empty title={words.history.none}>{words.history.noneText}</Empty>
    );
  }
  return (
    <div aria-busy={isPlaceholderData}>
      <DataTable
        caption={words.history.caption}
        columns={columns}
        rows={passes.edges.map(({ node }) => node)}
        isStruck={({ status }) => status === 'REVERSED'}
      />
      <Pager
        paging={paging}
        pageInfo={passes.pageInfo}
        totalCount={passes.totalCount}
        size={passesShown}
      />
    </div>
  );
});
