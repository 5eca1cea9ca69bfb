import type { Log } from './log';
import { Metrics } from './metrics';
import { PartFailures } from './part-failures';

/** The metrics of the process, and the log of failures of its parts. */
export interface Observed {
  metrics: Metrics;
  failures: PartFailures;
}

export function observe(log: Log): Observed {
  const metrics = new Metrics();
  return { metrics, failures: new PartFailures(log, metrics) };
}
