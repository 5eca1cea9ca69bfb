import { addDays } from '../../format/calendar';
import { writeCount } from '../../format/count';
import type { BalanceDay } from './balance.rules';
import { datesBetween, type Forecast } from './overview.rules';

/** The forecast is cut off here: further ahead the past would be a narrow strip. */
const aheadMaxDays = 60;

/** The places of everything in the chart, in pixels. */
export interface HistoryPlaces {
  /** Past and coming dates. */
  dates: string[];
  /** Where the columns begin, beside the labels of the balance. */
  left: number;
  /** The left side of a date's column. */
  x: (date: number) => number;
  columnWidth: number;
  y: (balance: number) => number;
  /** The height of a bar. */
  barHeight: (used: number) => number;
  ticks: number[];
  line: string;
  area: string;
  /** Null without a dated forecast. */
  band: { area: string; likely: string | null } | null;
}

export interface HistorySize {
  width: number;
  /** Of the balance, and of the bars below it. */
  balanceHeight: number;
  barsHeight: number;
  right: number;
  top: number;
}

/** Pure: the same days and size have the same places. */
export function placeHistory(
  days: readonly BalanceDay[],
  { forecast, threshold }: { forecast: Forecast | null; threshold: number | null },
  { width, balanceHeight, barsHeight, right, top }: HistorySize,
): HistoryPlaces {
  const first = days[0]!.date;
  const today = days.at(-1)!.date;
  const limit = addDays(today, Math.min(aheadMaxDays, Math.max(14, days.length)));
  const wanted = forecast?.earliest ? (forecast.latest ?? limit) : today;
  const dates = datesBetween(first, addDays(wanted < limit ? wanted : limit, 2));

  const opening = days[0]!.balance + days[0]!.used - days[0]!.added;
  const peaks = days.map((day) => Math.max(day.balance, day.balance + day.used));
  const most = Math.max(4, threshold ?? 0, opening, ...peaks);
  const least = Math.min(0, ...days.map((day) => day.balance));
  const ticks = ticksOf(least, most);
  const left = leftOf(ticks);
  const columnWidth = (width - left - right) / dates.length;
  const x = (date: number) => left + date * columnWidth;
  const [low, high] = [Math.min(least, ticks[0]!), Math.max(most, ticks.at(-1)!)];
  const y = (balance: number) => top + ((high - balance) / (high - low)) * balanceHeight;
  const usedMax = Math.max(1, ...days.map(({ used }) => used));

  let line = `M${x(0)},${y(opening)}`;
  let balance = opening;
  days.forEach((day, at) => {
    if (day.added !== 0) {
      balance += day.added;
      line += `V${y(balance)}`;
    }
    balance = day.balance;
    line += `L${x(at + 1)},${y(balance)}`;
  });
  const end = x(days.length);
  return {
    dates,
    left,
    x,
    columnWidth,
    y,
    barHeight: (used) => (used / usedMax) * barsHeight,
    ticks,
    line,
    area: `${line}V${y(0)}H${x(0)}Z`,
    band: bandOf(forecast, { today, balance, days: days.length, x, y, end }),
  };
}

function bandOf(
  forecast: Forecast | null,
  at: {
    today: string;
    balance: number;
    days: number;
    x: (date: number) => number;
    y: (balance: number) => number;
    end: number;
  },
): HistoryPlaces['band'] {
  if (!forecast?.earliest || at.balance <= 0) return null;
  const yearLater = addDays(at.today, 365);
  // A date is empty at its end.
  const endOf = (date: string | null | undefined) =>
    at.x(at.days + datesBetween(at.today, date ?? yearLater).length - 1 + (date ? 0 : 1));
  const from = `M${at.end},${at.y(at.balance)}`;
  return {
    area: `${from}L${endOf(forecast.earliest)},${at.y(0)}H${endOf(forecast.latest)}Z`,
    likely: forecast.likely ? `${from}L${endOf(forecast.likely)},${at.y(0)}` : null,
  };
}

/** The labels have 12 px letters; a digit is 7 px wide at most. */
function leftOf(ticks: readonly number[]): number {
  const longest = Math.max(...ticks.map((tick) => writeCount(tick).length));
  return Math.max(40, 12 + 7 * longest);
}

/**
 * About four round numbers, up to one that is not below the most. Below zero there is one only if the
 * balance went at least half of the way to it: an account that owes one pass needs no line at -100.
 */
function ticksOf(least: number, most: number): number[] {
  const rough = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough)!;
  const ticks = [];
  // Never -0, which would be written so.
  for (let tick = (Math.round(least / step) || 0) * step; tick < most + step; tick += step) {
    ticks.push(tick);
  }
  return ticks;
}

/** Every how many dates one is written below the chart. */
export function labelEvery(columnWidth: number): number {
  const labelWidth = 64;
  return [1, 2, 7, 14, 28, 56].find((days) => days * columnWidth >= labelWidth) ?? 56;
}
