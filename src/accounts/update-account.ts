import { formatMinor } from '../core/money';
import { recordAudit, type Attribution } from '../access/audit';
import type { AccountState } from '../db/account-state';

/** Settings of an account; a setting that is left out stays as it is. */
export interface AccountUpdate {
  name?: string;
  timeZone?: string;
  emailNotificationsEnabled?: boolean;
  allowSessionConsume?: boolean;
  /** Null removes it. */
  seatPriceMinor?: number | null;
  noticeLanguage?: string;
  locale?: string;
}

/** Who acts, and the account's instant. */
interface Act {
  attribution: Attribution;
  nowMs: number;
}

/**
 * Changes an account's own settings. Of these, the ledger decides only by `allowSessionConsume`,
 * which each of its batches reads after it has the account's lock: commands that begin after this
 * was answered follow it.
 */
export function updateAccount(
  state: AccountState,
  asked: AccountUpdate,
  { attribution, nowMs }: Act,
): Promise<void> {
  const { accountId } = state;
  return state.write(async (manager) => {
    const row = await manager.readAccount();
    const names = (Object.keys(asked) as (keyof AccountUpdate)[]).filter(
      (setting) => asked[setting] !== undefined && asked[setting] !== row[setting],
    );
    if (names.length === 0) return { result: undefined, changed: [] };
    const of = (settings: AccountUpdate) =>
      Object.fromEntries(names.map((setting) => [setting, settings[setting]]));
    await manager.updateAccount(of(asked));
    const inWords = (settings: AccountUpdate) => withPrice(of(settings), row.currency);
    await recordAudit(manager, {
      ...attribution,
      action: 'account.updated',
      subject: { type: 'Account', id: accountId },
      before: inWords(row),
      after: inWords(asked),
      occurredAt: new Date(nowMs),
    });
    return { result: undefined, changed: [{ kind: 'account', id: accountId }] };
  });
}

/** The audit trail names amounts as people do. */
function withPrice({ seatPriceMinor, ...others }: AccountUpdate, currency: string): object {
  if (seatPriceMinor === undefined) return others;
  const isSet = seatPriceMinor !== null;
  const seatPrice = isSet
    ? `${formatMinor({ minor: seatPriceMinor, currency })} ${currency}`
    : null;
  return { ...others, seatPrice };
}
