import type { Command } from './commands';
import { decideConsume } from './decide-consume';
import { decideGrant } from './decide-grant';
import { unchanged, type Decision } from './decision';
import type { Ledger } from './ledger';

/**
 * The business: what a command does to the books. Pure: the instant is the ledger's, nothing is
 * awaited, and neither argument is touched. `newId` gives the ids of rows that it makes.
 *
 * A batch folds its commands through `decide` and `apply`, each seeing what the ones before it did.
 */
export function decide(ledger: Ledger, command: Command, newId: () => string): Decision {
  switch (command.kind) {
    case 'consume':
      return decideConsume(ledger, command, newId);
    case 'grant':
      return decideGrant(ledger, command, newId);
    case 'expire':
      // Every batch first ends what was loaded as due; this command only had it loaded.
      return unchanged({ status: 'accepted', result: {} });
  }
}
