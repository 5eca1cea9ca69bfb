import { Center, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ToCome } from '../../ui/to-come';
import { addDays } from '../../format/calendar';
import { writeCount, writeDelta } from '../../format/count';
import { writeDate } from '../../format/times';
import { OverviewAddedDocument, OverviewWalletDocument } from '../../generated/app';
import { startOfDate } from '../../format/zone';
import { useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { DataTable } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Problem } from '../../ui/problem';
import { words } from '../../words';
import type HistoryChart from './history-chart';
import { addedByDate, balanceDays, type BalanceDay } from './balance.rules';
import { useForecast, writeForecast } from './overview-empty-by';
import { OverviewUse, usageDays, type useDailyUsage } from './overview-use';
import { datesBetween } from './overview.rules';

const chartHeight = 304;
/** What is below stays in its place when all has been read. */
const heightMin = '24.5rem';

/** Entries that add passes, or remove those that ended unused. */
const addingKinds = ['DayPassesPurchased', 'DayPassesGranted', 'DayPassLotExpired'];
/** More than these are not drawn: the line begins after the one that is left out. */
const addedMax = 100;

/** Where the balance came from and where it goes: a chart, and the same numbers as a table. */
export function OverviewHistory({
  balance: live,
  today,
  usage: { rows, error, refetch },
}: {
  /** Null until the stream has reported it. */
  balance: number | null;
  today: string;
  usage: ReturnType<typeof useDailyUsage>;
}) {
  const { timeZone } = useViewer().account;
  const wallet = useApiQuery(OverviewWalletDocument, {}).data?.dayPassWallet;
  const balance = live ?? wallet?.balance ?? null;
  const forecast = useForecast();
  const from = startOfDate(addDays(today, 1 - usageDays), timeZone);
  const added = useApiQuery(
    OverviewAddedDocument,
    { walletId: wallet?.id, from, kinds: addingKinds, last: addedMax },
    { enabled: wallet !== undefined },
  );
  const chart = useChart(balance !== null);
  const problem = !rows && error ? { error, refetch } : !added.data && added.error ? added : null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="history">
      <Stack gap="md">
        <Title order={2} size="h4" id="history">
          {words.overview.history.title}
        </Title>
        {problem && <Problem error={problem.error} retry={() => void problem.refetch()} />}
        {!problem && (!rows || !added.data || balance === null || forecast === undefined) && (
          <ToCome height={heightMin} />
        )}
        {rows && added.data && balance !== null && forecast !== undefined && (
          <Report
            days={daysOf({ balance, today, rows, added: added.data, timeZone })}
            use={<OverviewUse rows={rows} today={today} />}
            {...{ chart, forecast, today, threshold: wallet?.lowBalanceThreshold ?? null }}
          />
        )}
      </Stack>
    </Paper>
  );
}

/**
 * The picture, whose script loads as soon as the balance is shown. Not by `lazy`: after its fallback, React
 * waits for a third of a second before it draws what has come.
 */
function useChart(isBalanceShown: boolean): typeof HistoryChart | null {
  const { data } = useQuery({
    queryKey: ['history-chart'],
    queryFn: async () => (await import('./history-chart')).default,
    enabled: isBalanceShown,
    staleTime: Infinity,
    // A script stays as it is when a person returns to the window.
    refetchOnWindowFocus: false,
    retry: false,
    throwOnError: true,
  });
  return data ?? null;
}

function daysOf({
  balance,
  today,
  rows,
  added,
  timeZone,
}: {
  balance: number;
  today: string;
  rows: Parameters<typeof balanceDays>[0]['rows'];
  added: { dayPassEvents?: Added | null };
  timeZone: string;
}): BalanceDay[] {
  const { edges = [], pageInfo } = added.dayPassEvents ?? {};
  const byDate = addedByDate(
    edges.map(({ node }) => node),
    timeZone,
  );
  const first = pageInfo?.hasPreviousPage ? [...byDate.keys()].sort()[0]! : null;
  const from = first === null ? addDays(today, 1 - usageDays) : addDays(first, 1);
  return balanceDays({
    balance,
    dates: datesBetween(from < today ? from : today, today),
    rows: rows.filter(({ periodStart }) => periodStart >= from),
    added: byDate,
  });
}

type Added = {
  edges: { node: Parameters<typeof addedByDate>[0][number] }[];
  pageInfo: { hasPreviousPage: boolean };
};

function Report({
  chart: Chart,
  days,
  forecast,
  threshold,
  today,
  use,
}: {
  chart: typeof HistoryChart | null;
  days: BalanceDay[];
  forecast: NonNullable<ReturnType<typeof useForecast>> | null;
  threshold: number | null;
  today: string;
  use: React.ReactNode;
}) {
  const first = days[0];
  if (!first) {
    return (
      <Center mih={heightMin}>
        <Empty title={words.overview.history.none}>{words.overview.history.noneText}</Empty>
      </Center>
    );
  }
  const used = days.reduce((sum, day) => sum + day.used, 0);
  const summary = words.overview.history.summary(used, writeDate(first.date));
  const outlook = forecast ? writeForecast(forecast, today) : null;
  const keys: [string, string, boolean][] = [
    ['balance', words.overview.history.keys.balance, true],
    ['added', words.overview.history.keys.added, days.some(({ added }) => added > 0)],
    ['used', words.overview.history.keys.used, used > 0],
    ['band', words.overview.history.keys.band, forecast?.kind === 'DATED'],
    ['threshold', words.overview.history.keys.threshold, threshold !== null],
    [
      'ends',
      words.overview.history.keys.ends,
      forecast?.kind === 'DATED' && forecast.lotEnds.length > 0,
    ],
  ];
  return (
    <>
      {use}
      <div className="report">
        <div data-fact="history">
          {Chart ? (
            <Chart
              {...{ days, forecast, threshold }}
              label={words.overview.history.chartLabel(
                summary,
                outlook ? `${outlook.value}. ${outlook.remark}` : null,
              )}
            />
          ) : (
            <ToCome height={chartHeight} />
          )}
          <ul className="keys">
            {keys.map(
              ([key, label, isShown]) =>
                isShown && (
                  <li key={key}>
                    <span className="key" data-key={key} aria-hidden />
                    {label}
                  </li>
                ),
            )}
          </ul>
        </div>
        <div className="report-numbers">
          <DataTable<BalanceDay & { id: string }>
            caption={words.overview.history.byDay}
            columns={[
              {
                title: words.overview.history.columns.day,
                cell: ({ date }) => writeDate(date, 'weekdayDate'),
              },
              {
                title: words.overview.history.columns.used,
                cell: (day) => (day.used > 0 ? writeCount(day.used) : ''),
                isNumber: true,
              },
              {
                title: words.overview.history.columns.added,
                cell: ({ added }) => (added === 0 ? '' : writeDelta(added)),
                isNumber: true,
              },
              {
                title: words.overview.history.columns.balance,
                cell: (day) => writeCount(day.balance),
                isNumber: true,
              },
            ]}
            rows={days
              .filter((day) => day.used > 0 || day.added !== 0)
              .map((day) => ({ ...day, id: day.date }))
              .reverse()}
          />
        </div>
      </div>
    </>
  );
}
