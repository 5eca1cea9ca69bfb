import { dueMax } from '../ledger/writer/load-parts';
import type { Command } from '../ledger/commands';
import { newId } from '../core/ids';
import { CommandMaker } from './make-command';
import type { OpenAccount } from './open-account';
import type { PastLedger } from './past-ledger';
import type { Act, Step } from './step';

/**
 * Moves an account's clock from step to step. Steps that the journal has passed are left out, so
 * another run continues a killed seed. The steps of the very last instant are repeated, with the
 * same keys, and return the same results.
 */
export async function walk(
  ledger: PastLedger,
  account: OpenAccount,
  { steps, onActs = () => {} }: { steps: Iterable<Step>; onActs?: (count: number) => void },
): Promise<void> {
  const maker = new CommandMaker(account);
  for (const { atMs, acts } of steps) {
    if (atMs >= account.lastInstantMs) {
      const commands: Command[] = [];
      for (const act of acts) if (act.kind !== 'end') commands.push(await maker.make(act, atMs));
      if (commands.length > 0) await ledger.at(atMs, commands);
      await end(ledger, atMs, endsOf(acts));
    }
    onActs(acts.reduce((count, act) => count + (act.kind === 'end' ? act.count : 1), 0));
  }
}

/** One command ends a bounded number of passes. */
async function end(ledger: PastLedger, atMs: number, count: number): Promise<void> {
  for (let ended = 0; ended < count; ended += dueMax) {
    await ledger.at(atMs, [{ kind: 'expire', id: newId() }]);
  }
}

function endsOf(acts: readonly Act[]): number {
  return acts.reduce((count, act) => count + (act.kind === 'end' ? act.count : 0), 0);
}
