import { writeCount } from './count';
import { writeMoney } from './money';
import { writeClock, type TimeStyle } from './times';

/** Those of lists: an instant, its tooltip and a day. */
const usual: TimeStyle[] = ['full', 'seconds', 'dateOfYear'];

/**
 * Makes the formats of times, numbers and money while nothing else is to do. A browser's first one of each
 * kind takes as long as drawing a list, which would wait for it. Returns a function that cancels it.
 */
export function prepareFormats(currency: string): () => void {
  const prepare = () => {
    for (const style of usual) writeClock({ ms: 0, offsetMinutes: 0 }, style);
    writeMoney({ amount: '0.00', currency });
    writeCount(0);
  };
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(prepare);
    return () => clearTimeout(timer);
  }
  const callback = requestIdleCallback(prepare);
  return () => cancelIdleCallback(callback);
}
