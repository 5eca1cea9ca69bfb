import { refused, type Refused, type UpdateWallet } from '../commands';
import { allowanceMax } from './decide-change-account';
import { unchanged, type Decision } from '../writer/decision';
import type { Ledger, Wallet } from '../model/ledger';
import { judgeAllowance } from '../books/permission.rules';
import { Posting } from '../writer/posting';

const thresholdMax = 1_000_000_000;

/** An admin sets a wallet's name, alert, allowance, or freezes it. */
export function decideUpdateWallet(
  ledger: Ledger,
  command: UpdateWallet,
  newId: () => string,
): Decision {
  const wallet = ledger.wallets.get(command.walletId);
  if (!wallet)
    return unchanged(
      refused('NOT_FOUND', 'The account has no wallet with this id. Check the id.', ['walletId']),
    );
  const owed = ledger.owed.get(wallet.id)?.length ?? 0;
  const refusal =
    judge(owed, command) ??
    judgeAllowance(ledger, {
      present: wallet.emergencyAllowance,
      asked: command.emergencyAllowance ?? wallet.emergencyAllowance,
    });
  if (refusal) return unchanged(refusal);

  const { name, lowBalanceThreshold, emergencyAllowance, frozen } = command;
  const set: Wallet = {
    ...wallet,
    name: name ?? wallet.name,
    lowBalanceThreshold:
      lowBalanceThreshold === undefined ? wallet.lowBalanceThreshold : lowBalanceThreshold,
    emergencyAllowance: emergencyAllowance ?? wallet.emergencyAllowance,
    // Freezing what is frozen keeps the instant since when it is.
    frozenAtMs:
      frozen === false ? null : frozen ? (wallet.frozenAtMs ?? ledger.nowMs) : wallet.frozenAtMs,
  };
  const posting = new Posting(ledger, command, newId);
  posting.set(set);
  const result = { wallet: posting.wallet(set.id) };
  return { outcome: { status: 'accepted', result }, changes: posting.changes };
}

function judge(owed: number, command: UpdateWallet): Refused | null {
  const { lowBalanceThreshold: threshold, emergencyAllowance: allowance } = command;
  if (threshold != null && (threshold < 0 || threshold > thresholdMax)) {
    return refused('VALIDATION_FAILED', 'lowBalanceThreshold must be 0 to 1,000,000,000.', [
      'lowBalanceThreshold',
    ]);
  }
  if (allowance === undefined) return null;
  if (allowance < 0 || allowance > allowanceMax || owed > allowance) {
    return refused(
      'VALIDATION_FAILED',
      'emergencyAllowance must be 0 to 1,000, and not less than the passes that the wallet owes now.',
      ['emergencyAllowance'],
    );
  }
  return null;
}
