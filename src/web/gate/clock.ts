import type { Duration } from '../format/duration';

/** An instant of the service, and when it was heard by a clock of ours that nobody sets. */
export interface Heard {
  serviceMs: number;
  heardAtMs: number;
}

/** Milliseconds of a clock that only runs: a device whose date is wrong counts down as well. */
export function runningMs(): number {
  return performance.now();
}

/** How much is left until an instant of the service. The device's own date plays no part. */
export function leftMs(untilMs: number, heard: Heard, nowMs: number): number {
  return untilMs - heard.serviceMs - (nowMs - heard.heardAtMs);
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/** Below this, seconds are shown. */
const shortMs = 2 * minuteMs;

/** What a countdown shows: hours and minutes, and seconds when few are left. Rounded up. */
export function partsOf(left: number): Duration {
  if (left <= shortMs) {
    const seconds = Math.max(0, Math.ceil(left / secondMs));
    return { hours: 0, minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
  }
  const minutes = Math.ceil(left / minuteMs);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60, seconds: null };
}

/** How long until a countdown shows something else. */
export function nextChangeMs(left: number): number {
  const step = left <= shortMs ? secondMs : minuteMs;
  return left % step || step;
}
