import type { Right } from '../access/rights';

/**
 * What an execution asked about whoever reads it. Another reader for whom all of it comes out the same
 * would be given the same answer.
 */
export class ReaderDependencies {
  /** Rights, and whether the reader had them. */
  readonly rights = new Map<Right, boolean>();
  /** Agents of whom it was asked whether they are the reader, and whether they were. */
  readonly viewers = new Map<string, boolean>();
  /** Whether it asked for anything else that is the reader's own: nobody shares the answer then. */
  isPersonal = false;
}
