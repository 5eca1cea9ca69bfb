import { hoursAndMinutes, type Duration } from '../../core/notation/duration';

/**
 * An instant of the service, and when it was received by a clock of the browser that nobody can
 * set.
 */
export interface ClockReading {
  serviceMs: number;
  readAtMs: number;
}

/** Milliseconds of a monotonic clock: a device with a wrong date counts down correctly. */
export function runningMs(): number {
  return performance.now();
}

/** The time until an instant of the service. The device's own date is not used. */
export function leftMs(untilMs: number, reading: ClockReading, nowMs: number): number {
  return untilMs - reading.serviceMs - (nowMs - reading.readAtMs);
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/** Below this, seconds are shown. */
const shortMs = 2 * minuteMs;

/** The text of a countdown: hours and minutes, and seconds near the end. Rounded up. */
export function partsOf(left: number): Duration {
  if (left <= shortMs) {
    const seconds = Math.max(0, Math.ceil(left / secondMs));
    return { hours: 0, minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
  }
  return hoursAndMinutes(left);
}

/** The time until the text of the countdown changes. */
export function nextChangeMs(left: number): number {
  const step = left <= shortMs ? secondMs : minuteMs;
  return left % step || step;
}
