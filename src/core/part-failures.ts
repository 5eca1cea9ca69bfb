import type { Log } from './log';

/** Parts of the process that a library runs: each has its own connections, timers or emitters. */
export const parts = [
  'database',
  'embedded-postgres',
  'hints',
  'http',
  'jobs',
  'log',
  'mail',
  'metrics',
  'providers',
  'sse',
  'websocket',
  'other',
] as const;

export type Part = (typeof parts)[number];

/**
 * Parts report failures here that happened outside every promise that we await. A failure is logged
 * and counted, and the part is started again if it does not recover without that.
 */
export class PartFailures {
  private readonly restarts = new Map<Part, () => void>();

  constructor(
    private readonly log: Log,
    private readonly metrics: { partFailed(part: Part): void },
  ) {}

  /** How a part is started again. It must not throw, and may be called at any time and repeatedly. */
  onFailure(part: Part, restart: () => void): void {
    this.restarts.set(part, restart);
  }

  /** Never throws: nothing catches an exception of its callers. */
  readonly report = (part: Part, error: unknown): void => {
    this.note(part, error);
    this.restarts.get(part)?.();
  };

  /** As `report`, of a part that has recovered or is recovering. */
  note(part: Part, error: unknown): void {
    this.metrics.partFailed(part);
    this.log.error(
      { part, err: toError(error) },
      'a part of the process failed; the process continues',
    );
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('A value that is not an Error was thrown.');
}
