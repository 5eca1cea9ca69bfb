import type { AdvanceClock, Command } from './commands';
import { decideActivateAgent } from './access/decide-activate-agent';
import { decideChangeAccount } from './access/decide-change-account';
import { decideChangeAgent } from './access/decide-change-agent';
import { decideConsume } from './books/decide-consume';
import { decideConsumeByKey } from './books/decide-consume-by-key';
import { decideDeleteAgent } from './access/decide-delete-agent';
import { decideGrant } from './books/decide-grant';
import { decideInviteAgent } from './access/decide-invite-agent';
import { decidePurchase } from './books/decide-purchase';
import { decideReverse } from './books/decide-reverse';
import { decideRevokeKey } from './access/decide-revoke-key';
import { decideUpdateWallet } from './access/decide-update-wallet';
import { unchanged, type Decision } from './writer/decision';
import type { Ledger } from './model/ledger';

/**
 * The business: what a command does to the books. Pure: the instant is the ledger's, nothing is
 * awaited, and neither argument is touched. `newId` gives the ids of rows that it makes.
 *
 * A batch folds its commands through `decide` and `apply`, each seeing what the ones before it did.
 */
export function decide(
  ledger: Ledger,
  command: Exclude<Command, AdvanceClock>,
  newId: () => string,
): Decision {
  switch (command.kind) {
    case 'consume':
      return decideConsume(ledger, command, newId);
    case 'consume-by-key':
      return decideConsumeByKey(ledger, command, newId);
    case 'grant':
      return decideGrant(ledger, command, newId);
    case 'purchase':
      return decidePurchase(ledger, command, newId);
    case 'reverse':
      return decideReverse(ledger, command, newId);
    case 'update-wallet':
      return decideUpdateWallet(ledger, command, newId);
    case 'change-account':
      return decideChangeAccount(ledger, command);
    case 'change-agent':
      return decideChangeAgent(ledger, command);
    case 'delete-agent':
      return decideDeleteAgent(ledger, command);
    case 'revoke-key':
      return decideRevokeKey(ledger, command);
    case 'invite-agent':
      return decideInviteAgent(ledger, command);
    case 'activate-agent':
      return decideActivateAgent(ledger, command);
    case 'expire':
      // Every batch first ends what was loaded as due; this command only had it loaded.
      return unchanged({ status: 'accepted', result: {} });
  }
}
