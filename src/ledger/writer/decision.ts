import type { Outcome } from '../commands';
import { noChanges, type Changes } from './posting';

/** What came of a command, and what it changes. */
export interface Decision {
  outcome: Outcome;
  changes: Changes;
}

/** A decision that changes nothing. */
export function unchanged(outcome: Outcome): Decision {
  return { outcome, changes: noChanges() };
}
