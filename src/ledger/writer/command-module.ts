import type { Attribution } from '../../db/audit-trail';
import type { Changes } from '../model/changes';
import type { Decision } from '../model/decision';
import type { Ledger } from '../model/ledger';
import type { Needs } from '../model/needs';
import type { Act } from './act';

/** The common part of every command. */
export interface AnyCommand {
  kind: string;
  /** Names this attempt. It stays the same when a batch is run again. */
  id: string;
  /** The actor, for the audit trail; left out if nobody acts. */
  audit?: Attribution;
}

/**
 * A kind of command: all that the writer needs to run it. The state that a command changes follows from
 * its changes, so that no module can forget to announce it.
 */
export interface CommandModule<Command extends AnyCommand = AnyCommand, Result = unknown> {
  readonly kind: Command['kind'];
  /** The command is a batch of its own. */
  readonly isAlone?: boolean;
  /** What must be loaded to decide it. */
  needs(command: Command): Needs;
  /**
   * What the command does to the books. Pure: the instant is the ledger's, nothing is awaited, and
   * the arguments are not changed. `newId` gives the ids of new rows. An error fails this command
   * only.
   */
  decide(ledger: Ledger, command: Command, newId: () => string): Decision<Result>;
  /**
   * What the audit trail records of it, given the ledger that it was decided on; null if it changed
   * nothing. Left out for what agents consume: that is in the journal.
   */
  audit?(ledger: Ledger, command: Command, changes: Changes): Act | null;
}

export type Audited = Pick<AnyCommand, 'audit'>;
