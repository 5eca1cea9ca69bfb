import { addDays } from '../../format/calendar';
import { dateIn } from '../../format/zone';
import { OverviewUsageDocument } from '../../generated/app';
import { useAccountClock } from '../../session/use-account-now';
import { useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { estimate, latestDateOnEarth } from '../overview/overview.rules';

/** As on the overview: a month covers weekends, and agents who come once a week. */
const rateDays = 30;

/**
 * How many days the passes last at the recent rate. Null if none were used, or if the reader may not
 * see the usage: an admin without a day pass may buy.
 */
export function useDaysCovered(walletId: string, passes: number): number | null {
  const { timeZone } = useViewer().account;
  const clock = useAccountClock().data;
  const nowMs = clock?.serviceMs ?? 0;
  const today = dateIn(nowMs, timeZone);
  const { data } = useApiQuery(
    OverviewUsageDocument,
    { from: addDays(today, 1 - rateDays), to: latestDateOnEarth(nowMs), interval: 'DAY', walletId },
    { enabled: clock !== undefined },
  );
  const rows = data?.dayPassUsage;
  return rows ? (estimate(passes, rows, today)?.days ?? null) : null;
}
