import type { Right } from '../access/rights';

/**
 * What an execution asked about its reader. Another reader with the same answers to all of these
 * questions would get the same result.
 */
export class ReaderDependencies {
  /** Permissions, and whether the reader had them. */
  readonly rights = new Map<Right, boolean>();
  /** Agents that were compared with the reader, and the result. */
  readonly viewers = new Map<string, boolean>();
  /** Whether it read anything else of the reader's own: then the answer is not shared. */
  isPersonal = false;
}
