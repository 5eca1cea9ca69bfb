/** The result of one try to deliver. */
export interface TryResult {
  /** Null: no answer arrived. */
  status: number | null;
  error: string | null;
  /** The beginning of the answer. */
  answer: string | null;
  /** From `Retry-After`, in milliseconds from now. */
  retryAfterMs: number | null;
  milliseconds: number;
}

/** How often and since when the event in front has failed. */
export interface Failing {
  failures: number;
  /** How long the endpoint has done nothing but fail; null if it has not failed. */
  failingMs: number | null;
}

/** What follows from a try. */
export type AfterTry = { is: 'DELIVERED' } | { is: 'RETRY'; inMs: number } | { is: 'GIVE_UP' };

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** Short at first, because most failures are a restart; then longer and longer, up to ten hours. */
const pausesMs = [
  5 * secondMs,
  30 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
];
/** Endpoints that failed at the same moment do not return at the same moment. */
const jitter = 0.2;
/** After so much failing the endpoint is paused, and keeps its place. */
const failingMaxMs = 5 * 24 * hourMs;
/** The longest pause that a receiver can request with `Retry-After`. */
const retryAfterMaxMs = hourMs;
const mayName = new Set([429, 502, 503, 504]);
/** The receiver will never want events again. */
const gone = 410;

export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** What follows from a try; `random` is in 0 … 1. */
export function judgeTry(
  { status, retryAfterMs }: Pick<TryResult, 'status' | 'retryAfterMs'>,
  { failures, failingMs }: Failing,
  random: number,
): AfterTry {
  if (isSuccess(status)) return { is: 'DELIVERED' };
  if (status === gone || (failingMs ?? 0) >= failingMaxMs) return { is: 'GIVE_UP' };
  const pauseMs = pausesMs[Math.min(failures, pausesMs.length - 1)]!;
  const ownMs = pauseMs * (1 - jitter + 2 * jitter * random);
  const wishedMs = status !== null && mayName.has(status) ? (retryAfterMs ?? 0) : 0;
  return { is: 'RETRY', inMs: Math.round(Math.max(ownMs, Math.min(wishedMs, retryAfterMaxMs))) };
}

/** Reads `Retry-After`: seconds, or an HTTP date. Null if it is neither. */
export function readRetryAfter(text: string | undefined, nowMs: number): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * secondMs;
  const atMs = /GMT$/.test(text.trim()) ? Date.parse(text) : NaN;
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
