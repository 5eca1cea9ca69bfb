import type { Right } from '../access/rights';

/**
 * What an execution asked about its reader. Another reader with the same answers to all of these
 * questions would get the same result.
 */
export class ReaderDependencies {
  /** Rights, and whether the reader had them. */
  readonly rights = new Map<Right, boolean>();
  /** Agents of whom it was asked whether they are the reader, and whether they were. */
  readonly viewers = new Map<string, boolean>();
  /** Whether it asked for anything else that is the reader's own: nobody shares the answer then. */
  isPersonal = false;
}
