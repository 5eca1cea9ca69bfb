import { addDays, dayNumberOf } from '../../time/calendar';

export type ForecastKind = 'DATED' | 'NOT_WITHIN_A_YEAR' | 'NOT_ENOUGH_HISTORY' | 'EMPTY_NOW';

/** When a wallet will be empty if passes are used as in the last twelve weeks. */
export interface Forecast {
  kind: ForecastKind;
  /** The dates by which a tenth, half and nine tenths of the paths are empty; null: later than in a year. */
  earliest: string | null;
  likely: string | null;
  latest: string | null;
  /** Passes per weekday, Monday first. */
  weekdayMeans: number[];
  /** The last dates on which passes can be used before their lots end. */
  lotEnds: string[];
  /** How many of the days had use. */
  daysOfHistory: number;
}

/** Passes of a wallet that end together, in the order in which they are drawn. */
export interface Stock {
  count: number;
  /** The last date on which they can be used; null: they do not end. */
  lastDate: string | null;
}

export interface History {
  balance: number;
  today: string;
  /** Passes used per local date; dates without use may be left out. */
  used: readonly { date: string; count: number }[];
  stocks: readonly Stock[];
  /** The same for all processes that answer: a hash of the wallet's last entry. */
  seed: Uint8Array;
}

/** Twelve weeks: each weekday was seen twelve times, and last year's season is forgotten. */
export const historyDays = 84;
/** With fewer days of use, one odd day would decide. */
export const usedDaysMin = 14;
/** The tenth and the ninetieth percentile of 400 paths move by less than a day or two with the seed. */
const paths = 400;
const horizonDays = 365;

/**
 * How many of the last weeks a path repeats, and how many of the paths do so. Two fifths of them repeat
 * the last two weeks at most, so a change of pace moves the answer within days; the others remember
 * what was before it, so the range stays wide until the new pace has lasted.
 */
const memories = [
  { weeks: 1, share: 0.15 },
  { weeks: 2, share: 0.25 },
  { weeks: 4, share: 0.25 },
  { weeks: 8, share: 0.2 },
  { weeks: 12, share: 0.15 },
] as const;

/** Found by the back-test: with less, the real date is outside of the range too often. */
const tiltMax = 6;

/**
 * Simulates the coming year 400 times. A mean would hide a new pace, and how uncertain the answer is.
 * A path chooses how far it looks back, and each of its days uses as many passes as a random day of
 * the same weekday in those weeks. Pure: the same history and seed give the same answer in every
 * process.
 */
export function forecast({ balance, today, used, stocks, seed }: History): Forecast {
  const past = pastOf(used, today);
  const answer = {
    weekdayMeans: weekdayMeans(past, today),
    lotEnds: endsOf(stocks, today),
    daysOfHistory: past.filter((count) => count > 0).length,
  };
  const none = { earliest: null, likely: null, latest: null };
  if (balance <= 0) return { kind: 'EMPTY_NOW', ...none, ...answer };
  if (answer.daysOfHistory < usedDaysMin) return { kind: 'NOT_ENOUGH_HISTORY', ...none, ...answer };

  const days = emptyDays({ balance, today, used, stocks, seed }, past).sort((a, b) => a - b);
  const dateAt = (share: number) => {
    const day = days[Math.ceil(share * paths) - 1]!;
    return day > horizonDays ? null : addDays(today, day);
  };
  const [earliest, likely, latest] = [dateAt(0.1), dateAt(0.5), dateAt(0.9)];
  const kind = earliest === null ? 'NOT_WITHIN_A_YEAR' : 'DATED';
  return { kind, earliest, likely, latest, ...answer };
}

/** Passes used on each day up to yesterday, newest first, back to the first day with use. */
function pastOf(used: History['used'], today: string): number[] {
  const now = dayNumberOf(today);
  const past = new Array<number>(historyDays).fill(0);
  for (const { date, count } of used) {
    const daysAgo = now - dayNumberOf(date);
    if (daysAgo >= 1 && daysAgo <= historyDays) past[daysAgo - 1]! += count;
  }
  return past.slice(0, past.findLastIndex((count) => count > 0) + 1);
}

/** For each path the number of days until the wallet is empty; more than a year if it is not. */
function emptyDays(history: History, past: readonly number[]): number[] {
  const usedToday = history.used.find(({ date }) => date === history.today)?.count ?? 0;
  const reserves = reservesOf(history);
  return Array.from({ length: paths }, (_, path) => {
    // Each path has its own numbers, so one more pass never makes it end earlier.
    const random = randomOf(history.seed, path);
    const seen = weeksRepeated(remembered(past, path / paths), random);
    return dayOfEmpty(reserves, (day) => {
      const choices = seen[day % 7]!;
      const drawn = choices[Math.floor(random() * choices.length)]!;
      // What was used today has left the balance already.
      return day === 0 ? Math.max(0, drawn - usedToday) : drawn;
    });
  });
}

/** The first day at whose end nothing is left. */
function dayOfEmpty(reserves: readonly Reserve[], drawnOn: (day: number) => number): number {
  const left = reserves.map(({ count }) => count);
  let at = 0;
  for (let day = 0; day <= horizonDays; day += 1) {
    for (let drawn = drawnOn(day); at < left.length && drawn > 0;) {
      const taken = Math.min(left[at]!, drawn);
      drawn -= taken;
      left[at]! -= taken;
      if (left[at] === 0) at += 1;
    }
    for (let next = at; next < left.length; next += 1) {
      if (reserves[next]!.lastDay <= day) left[next] = 0;
    }
    while (at < left.length && left[at] === 0) at += 1;
    if (at === left.length) return day;
  }
  return horizonDays + 1;
}

interface Reserve {
  count: number;
  lastDay: number;
}

/** What the wallet has, in the order in which it is drawn, with the last day of each part. */
function reservesOf({ balance, today, stocks }: History): Reserve[] {
  const now = dayNumberOf(today);
  const reserves: Reserve[] = [];
  let rest = balance;
  // Emergency passes are owed to the next purchase: the balance may be less than the lots.
  for (const { count, lastDate } of stocks) {
    const lastDay = lastDate === null ? Infinity : dayNumberOf(lastDate) - now;
    reserves.push({ count: Math.min(count, rest), lastDay });
    rest -= Math.min(count, rest);
  }
  return [...reserves, { count: rest, lastDay: Infinity }].filter(({ count }) => count > 0);
}

/** What a path remembers: the last weeks, as many as its place among the paths says, newest first. */
function remembered(past: readonly number[], place: number): readonly number[] {
  let share = 0;
  for (const memory of memories) {
    share += memory.share;
    if (place >= share - 1e-9) continue;
    const recent = past.slice(0, memory.weeks * 7);
    // A week without any use, such as a holiday, is not the pace of the coming year.
    if (recent.some((count) => count > 0)) return recent;
  }
  return past;
}

/**
 * The weeks that a path repeats: as many as it remembers, drawn with replacement. The coming weeks may
 * be busier or quieter than the past, so each path prefers either to some degree: its tilt is from one
 * to `tiltMax` for the quiet weeks, and down to its inverse for the busy ones. If all weeks are alike, so
 * are all paths.
 */
function weeksRepeated(recent: readonly number[], random: () => number): number[][] {
  const weeks = Array.from({ length: Math.floor(recent.length / 7) }, (_, week) =>
    recent.slice(week * 7, week * 7 + 7),
  ).sort((a, b) => sumOf(a) - sumOf(b));
  const tilt = tiltMax ** (2 * random() - 1);
  const drawn = weeks.flatMap(() => weeks[Math.floor(random() ** tilt * weeks.length)]!);
  return byWeekday(sumOf(drawn) > 0 ? drawn : recent);
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Newest first: the first is yesterday, so it has the weekday of the sixth day from today. */
function byWeekday(past: readonly number[]): number[][] {
  const days: number[][] = Array.from({ length: 7 }, () => []);
  past.forEach((count, daysAgo) => days[6 - (daysAgo % 7)]!.push(count));
  return days;
}

/** What the paths use per weekday on average, Monday first, to hundredths. */
function weekdayMeans(past: readonly number[], today: string): number[] {
  const means = new Array<number>(7).fill(0);
  let place = 0;
  for (const { share } of memories) {
    byWeekday(remembered(past, place)).forEach((counts, ahead) => {
      const mean = sumOf(counts) / Math.max(1, counts.length);
      means[(weekdayOf(today) + ahead) % 7]! += share * mean;
    });
    place += share;
  }
  return means.map((mean) => Math.round(mean * 100) / 100);
}

/** 0 for Monday: 1970-01-01 was a Thursday. */
function weekdayOf(date: string): number {
  return (((dayNumberOf(date) + 3) % 7) + 7) % 7;
}

function endsOf(stocks: readonly Stock[], today: string): string[] {
  const last = addDays(today, horizonDays);
  const dates = stocks.flatMap(({ lastDate, count }) =>
    lastDate !== null && lastDate <= last && count > 0 ? [lastDate] : [],
  );
  return [...new Set(dates)].sort();
}

/** Mulberry32, begun with four bytes of the seed: good enough to choose days. */
function randomOf(seed: Uint8Array, path: number): () => number {
  const first = seed.slice(0, 4).reduce((sum, byte) => (sum << 8) | byte, 0);
  let state = first ^ Math.imul(path + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
