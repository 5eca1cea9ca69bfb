/*
 * Whether day passes or a monthly licence are cheaper for an occasional agent, from what the agent used.
 * A month is 30 days, so that months are equally long. The service desk's vendor sells the licences, at a
 * price that differs for each account, so admins enter it (`Account.seatPrice`). Days as a full-time agent
 * leave no passes, so the history begins again after a conversion.
 */

export type AdviceVerdict = 'PASSES' | 'SEAT' | 'CLOSE' | 'NOT_ENOUGH_HISTORY';

export const monthDays = 30;
export const monthsMax = 3;
const monthsMin = 2;
/** A smaller difference is not worth a change. */
const clearShare = 0.15;

/** What was paid for an agent's passes in one month; month 0 is the last 30 days. */
export interface PaidMonth {
  month: number;
  days: number;
  minor: number;
}

export interface Advice {
  verdict: AdviceVerdict;
  /** The months that it is made from, counted back from now. */
  months: number;
  /** Of these months together. */
  paidDays: number;
  costMinor: number;
  /** The days per month from which on a licence is cheaper; null if nothing was paid. */
  breakEvenDays: number | null;
  /** By month, on average, always positive. */
  differenceMinor: number;
}

/**
 * `fullMonths` counts the months since the agent first could use passes. There is a verdict only if two
 * months agree with the average, and if the difference is more than 15 % of the price of a licence.
 */
export function advise(
  paid: readonly PaidMonth[],
  { fullMonths, seatMinor }: { fullMonths: number; seatMinor: number },
): Advice {
  const months = Math.max(0, Math.min(fullMonths, monthsMax));
  const counted = paid.filter(({ month }) => month < Math.max(months, 1));
  const sum = (field: 'days' | 'minor') => counted.reduce((all, one) => all + one[field], 0);
  const [paidDays, costMinor] = [sum('days'), sum('minor')];
  const breakEvenDays = costMinor > 0 ? Math.ceil((seatMinor * paidDays) / costMinor) : null;
  const average = costMinor / Math.max(months, 1);
  const advice = {
    months,
    paidDays,
    costMinor,
    breakEvenDays,
    differenceMinor: Math.round(Math.abs(average - seatMinor)),
  };
  if (months < monthsMin) return { ...advice, verdict: 'NOT_ENOUGH_HISTORY' };
  const isDearer = average > seatMinor;
  const costs = Array.from({ length: months }, (_, month) =>
    counted.filter((one) => one.month === month).reduce((all, { minor }) => all + minor, 0),
  );
  const agreeing = costs.filter((cost) => cost > seatMinor === isDearer).length;
  const isClear = Math.abs(average - seatMinor) > clearShare * seatMinor;
  if (agreeing < 2 || !isClear) return { ...advice, verdict: 'CLOSE' };
  return { ...advice, verdict: isDearer ? 'SEAT' : 'PASSES' };
}
