import { useDebouncedValue } from '@mantine/hooks';
import { useEffect } from 'react';
import { dateIn } from '../../format/zone';
import { BuyCoverDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';

/** Long enough that a number of several digits is typed: a forecast is an expensive read. */
const typedMs = 400;
const dayMs = 86_400_000;

/** For how many days passes last; null: for more than a year. */
export interface Cover {
  likely: number | null;
  earliest: number | null;
  latest: number | null;
}

/**
 * How long the wallet lasts with so many more passes, by the forecast of the service. Null if there is
 * no forecast, or if the reader may not see the usage: an admin without a day pass may buy. Undefined
 * before it is read.
 */
export function useDaysCovered(
  walletId: string,
  { balance, quantity }: { balance: number; quantity: number | null },
): Cover | null | undefined {
  const [morePasses] = useDebouncedValue(quantity ?? 0, typedMs);
  const { data, error, refetch } = useApiQuery(BuyCoverDocument, { walletId, morePasses });
  useEffect(() => void refetch(), [balance, refetch]);
  if (!data && !error) return undefined;
  if (!data?.dayPassForecast) return null;
  const { kind, ...dates } = data.dayPassForecast;
  if (kind === 'NOT_WITHIN_A_YEAR') return { likely: null, earliest: null, latest: null };
  if (kind !== 'DATED') return null;
  const { now, timeZone } = data.account;
  const today = dateIn(Date.parse(now), timeZone);
  const daysTo = (date: string | null | undefined) =>
    date == null ? null : Math.round((Date.parse(date) - Date.parse(today)) / dayMs);
  return {
    likely: daysTo(dates.likely),
    earliest: daysTo(dates.earliest),
    latest: daysTo(dates.latest),
  };
}
