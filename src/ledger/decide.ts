import { endDue } from './books/end-due';
import {
  commandModules,
  type Command,
  type DecidedCommand,
  type Outcome,
  type Results,
} from './commands';
import type { Decision } from './model/decision';
import type { Ledger } from './model/ledger';
import type { CommandModule } from './writer/command-module';
import { watchConservation } from './writer/conservation';
import { foldBatch as fold, type FoldedBatch } from './writer/fold-batch';
import { kernelOf, type Kernel } from './writer/kernel';

/** The writer's mechanism with all the commands that there are. */
export const kernel = kernelOf(commandModules, endDue);

/** The same, which also checks that no decision makes or loses passes. */
export const checkedKernel: Kernel = { ...kernel, watch: watchConservation };

/**
 * The business: what a command does to the books. Pure: the instant is the ledger's, nothing is
 * awaited, and neither argument is touched. `newId` gives the ids of rows that it makes. The writer
 * reaches the same modules through `kernel`.
 * @public
 */
export function decide(
  ledger: Ledger,
  command: DecidedCommand,
  newId: () => string,
): Decision<Results[DecidedCommand['kind']]> {
  const module = kernel.moduleOf(command) as CommandModule<
    DecidedCommand,
    Results[DecidedCommand['kind']]
  >;
  return module.decide(ledger, command, newId);
}

/**
 * Decides the commands of a batch, each on what the ones before it left, and checks each decision.
 * Changes the ledger.
 * @public
 */
export function foldBatch(
  ledger: Ledger,
  commands: readonly Command[],
  newId: () => string,
): TypedBatch {
  return fold(checkedKernel, ledger, { commands, newId }) as TypedBatch;
}

export interface TypedBatch extends FoldedBatch {
  settled: PromiseSettledResult<Outcome>[];
}
