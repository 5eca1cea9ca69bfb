import { noChanges, type Changes } from './changes';
import type { Outcome } from './outcome';

/** The outcome of a command, and its changes. */
export interface Decision<Result = unknown> {
  outcome: Outcome<Result>;
  changes: Changes;
}

/** A decision that changes nothing. */
export function unchanged<Result>(outcome: Outcome<Result>): Decision<Result> {
  return { outcome, changes: noChanges() };
}
