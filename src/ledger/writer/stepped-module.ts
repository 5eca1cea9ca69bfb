import type { PoolClient } from 'pg';
import type { StateRef } from '../../db/hints';
import type { Changes } from '../model/changes';
import type { Ledger } from '../model/ledger';
import type { Needs } from '../model/needs';
import type { Outcome } from '../model/outcome';
import type { AnyCommand } from './command-module';

/** A kind of command that chooses the instant of its batch, so it is decided while it is loaded. */
export interface SteppedModule<Command extends AnyCommand = AnyCommand, Result = unknown> {
  readonly kind: Command['kind'];
  readonly isAlone: true;
  needs(command: Command): Needs;
  /** Runs under the account's lock. It writes its changes outside the step itself. */
  step(on: SteppedOn, command: Command): Promise<Step<Result>>;
}

export interface SteppedOn {
  client: PoolClient;
  accountId: string;
  /** Loads what the command needs. Null: as of now. */
  load(instantMs: number | null): Promise<Ledger>;
  newId: () => string;
}

export interface Step<Result> {
  ledger: Ledger;
  outcome: Outcome<Result>;
  changes: Changes;
  states: readonly StateRef[];
}
