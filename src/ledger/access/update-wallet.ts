import { unchanged, type Decision } from '../model/decision';
import type { Ledger, Wallet } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import { storedThresholds, thresholdMax, thresholdsMax } from '../model/threshold.rules';
import { differing, instantText } from '../writer/act';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { allowanceMax } from './change-account';

/** An admin changes a wallet. What is left out stays unchanged. */
export interface UpdateWallet extends AnyCommand {
  kind: 'update-wallet';
  walletId: string;
  name?: string;
  /** The highest threshold: lower ones stay. Null: no alert. */
  lowBalanceThreshold?: number | null;
  /** All thresholds, in any order. */
  alertThresholds?: readonly number[];
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

  const { name, emergencyAllowance, frozen } = command;
  const set: Wallet = {
    ...wallet,
    name: name ?? wallet.name,
    ...thresholdsAfter(wallet, command),
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

/** What the command makes of the thresholds. */
function thresholdsAfter(
  { lowBalanceThreshold: highest, lowerThresholds }: Wallet,
  { lowBalanceThreshold: asked, alertThresholds }: UpdateWallet,
): Pick<Wallet, 'lowBalanceThreshold' | 'lowerThresholds'> {
  if (alertThresholds) return storedThresholds(alertThresholds);
  if (asked === undefined) return { lowBalanceThreshold: highest, lowerThresholds };
  if (asked === null) return storedThresholds([]);
  return storedThresholds([asked, ...lowerThresholds.filter((threshold) => threshold < asked)]);
}

function judge(owed: number, command: UpdateWallet): Refused | null {
  const { emergencyAllowance: allowance } = command;
  const refusal = judgeThresholds(command);
  if (refusal) return refusal;
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

function judgeThresholds({
  lowBalanceThreshold: highest,
  alertThresholds,
}: UpdateWallet): Refused | null {
  if (highest !== undefined && alertThresholds) {
    const message = 'Give lowBalanceThreshold or alertThresholds, not both.';
    return refused('VALIDATION_FAILED', message, ['alertThresholds']);
  }
  const isInRange = (threshold: number) => threshold >= 0 && threshold <= thresholdMax;
  if (highest != null && !isInRange(highest)) {
    return refused('VALIDATION_FAILED', 'lowBalanceThreshold must be 0 to 1,000,000,000.', [
      'lowBalanceThreshold',
    ]);
  }
  if (!alertThresholds) return null;
  if (new Set(alertThresholds).size <= thresholdsMax && alertThresholds.every(isInRange)) {
    return null;
  }
  const message = `alertThresholds must be at most ${thresholdsMax} numbers of 0 to 1,000,000,000.`;
  return refused('VALIDATION_FAILED', message, ['alertThresholds']);
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
  const { id, name, lowBalanceThreshold, lowerThresholds, emergencyAllowance } = wallet;
  const frozenAt = instantText(wallet.frozenAtMs);
  return { id, name, lowBalanceThreshold, lowerThresholds, emergencyAllowance, frozenAt };
}
