import type { Changes } from '../model/changes';
import type { Ledger } from '../model/ledger';
import type { AnyCommand, CommandModule } from './command-module';
import type { SteppedModule } from './stepped-module';

export type AnyModule = CommandModule | SteppedModule;

/** What the writer runs: the kinds of commands that there are, and what every batch begins with. */
export interface Kernel {
  moduleOf(command: Pick<AnyCommand, 'kind'>): AnyModule;
  /** Ends what is loaded and due. */
  endDue(ledger: Ledger, command: Pick<AnyCommand, 'id'>, newId: () => string): Changes;
  /**
   * Checks each decision: called before its changes are applied; the function that it returns is called
   * after that, and throws if something is wrong. Left out: nothing is checked.
   */
  watch?(ledger: Ledger, changes: Changes): () => void;
}

export function kernelOf(modules: readonly AnyModule[], endDue: Kernel['endDue']): Kernel {
  const byKind = new Map(modules.map((module) => [module.kind, module]));
  if (byKind.size < modules.length) throw new Error('Two modules are of the same kind.');
  return {
    endDue,
    moduleOf({ kind }) {
      const module = byKind.get(kind);
      if (!module) throw new Error(`There is no module for the command ${kind}.`);
      return module;
    },
  };
}
