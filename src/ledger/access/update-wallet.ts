import { unchanged, type Decision } from '../model/decision';
import type { Ledger, Wallet } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import { differing, instantText } from '../writer/act';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { allowanceMax } from './change-account';

/** An admin changes a wallet. What is left out stays unchanged. */
export interface UpdateWallet extends AnyCommand {
  kind: 'update-wallet';
  walletId: string;
  name?: string;
  /** Null: no alert. */
  lowBalanceThreshold?: number | null;
  emergencyAllowance?: number;
  frozen?: boolean;
}

interface Updated {
  wallet: Wallet;
}

export const updateWallet: CommandModule<UpdateWallet, Updated> = {
  kind: 'update-wallet',
  needs: ({ walletId }) => ({ wallets: [walletId] }),
  decide,
  audit(ledger, { walletId }, changes) {
    const after = changes.wallets.get(walletId);
    const before = ledger.wallets.get(walletId);
    if (!after || !before) return null;
    const sides = { before: settingsOf(before), after: settingsOf(after) };
    return differing('wallet.updated', 'DayPassWallet', sides);
  },
};

const thresholdMax = 1_000_000_000;

/** An admin sets a wallet's name, alert, allowance, or freezes it. */
function decide(ledger: Ledger, command: UpdateWallet, newId: () => string): Decision<Updated> {
  const wallet = ledger.wallets.get(command.walletId);
  if (!wallet) {
    return unchanged(
      refused('NOT_FOUND', 'The account has no wallet with this id. Check the id.', ['walletId']),
    );
  }
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
    // Freezing a frozen wallet keeps the instant of the first freeze.
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

/**
 * Why that emergency allowance may not be set; null if it may. An allowance that was above the
 * ceiling before the account was billed stays, and is not refused if it is sent again unchanged.
 */
function judgeAllowance(
  { account }: Ledger,
  { present, asked }: { present: number; asked: number },
): Refused | null {
  const { billingMode, emergencyCeiling } = account;
  if (billingMode === 'UNBILLED' || asked <= emergencyCeiling || asked === present) return null;
  return refused(
    'NOT_PERMITTED',
    `The operator of the service permits an emergencyAllowance of at most ${emergencyCeiling}. Choose a lower one.`,
    ['emergencyAllowance'],
  );
}

function settingsOf(wallet: Wallet) {
  const { id, name, lowBalanceThreshold, emergencyAllowance } = wallet;
  const frozenAt = instantText(wallet.frozenAtMs);
  return { id, name, lowBalanceThreshold, emergencyAllowance, frozenAt };
}
