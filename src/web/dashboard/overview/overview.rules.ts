import { addDays } from '../../format/calendar';
import type {
  OverviewForecastQuery,
  OverviewPricesQuery,
  OverviewUsageQuery,
} from '../../generated/app';

/** One day, or one key on one day, of what was used. */
export type UsageRow = NonNullable<OverviewUsageQuery['dayPassUsage']>[number];
export type Forecast = NonNullable<OverviewForecastQuery['dayPassForecast']>;
export type Price = NonNullable<OverviewPricesQuery['dayPassPrices']>[number];

const dayMs = 86_400_000;

/** The latest date that anybody's calendar shows: passes are counted by their agents' own dates. */
export function latestDateOnEarth(ms: number): string {
  return new Date(ms + 14 * 3_600_000).toISOString().slice(0, 10);
}

/** Every date from one to the other, both included. */
export function datesBetween(from: string, to: string): string[] {
  const count = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  return Array.from({ length: count }, (_, day) => addDays(from, day));
}

/** The highest and the lowest price of one pass now; null if no price is set. */
export function pricesNow(
  prices: readonly Price[],
  now: string,
): { most: Price; least: Price } | null {
  const at = Date.parse(now);
  const valid = prices
    .filter(({ validFrom, validTo }) => {
      return Date.parse(validFrom) <= at && (validTo == null || at < Date.parse(validTo));
    })
    .sort((one, other) => one.minimumQuantity - other.minimumQuantity);
  const [most] = valid;
  return most ? { most, least: valid.at(-1)! } : null;
}
