import { newId } from '../core/ids';
import type { JournalEntry } from '../journal/journal-entry';
import type { NoticeDraft, NoticeModule } from './notice';
import { noticeKinds } from './notice-kinds';

const modules = Object.values(noticeKinds) as NoticeModule[];

/** The kinds of entries that cause notices; those of `belowZero` only if they leave the wallet there. */
export const noticeEntryKinds = {
  any: modules.flatMap(({ source }) => (source && !source.belowZero ? [source.kind] : [])),
  belowZero: modules.flatMap(({ source }) => (source?.belowZero ? [source.kind] : [])),
};

/** One day, in which a notice of one wallet and threshold is sent once. */
export const quietMs = 24 * 3_600_000;

/** The last notice of a kind for a wallet and a threshold. */
export interface LastNotice {
  kind: string;
  walletId: string | null;
  threshold: number | null;
  balance: number | null;
  atMs: number;
}

/**
 * The notices that entries cause, in their order, before the limit of a day. Of the alerts of one fall
 * of a balance only the last counts, because it is the worst: it says what the others say.
 */
export function draftsOf(entries: readonly JournalEntry[]): NoticeDraft[] {
  return entries.flatMap((entry, at) => {
    const module = modules.find(({ source }) => source?.kind === entry.kind);
    if (!module?.ofEntry || (module.source!.belowZero && entry.balance >= 0)) return [];
    if (isSameFall(entry, entries[at + 1])) return [];
    const { facts, agentId = null, threshold = null } = module.ofEntry(entry);
    const { accountId, sequence, walletId, balance, occurredAtMs: atMs } = entry;
    const { kind } = module;
    const place = { accountId, sequence, walletId, threshold, balance, agentId };
    return [{ id: newId(), kind, atMs, facts, ...place }];
  });
}

/** Whether the next entry is a worse alert of the same fall. */
function isSameFall(entry: JournalEntry, next: JournalEntry | undefined): boolean {
  if (entry.kind !== 'DayPassWalletLow' || !next || !isAlert(next)) return false;
  const isNext = next.sequence === entry.sequence + 1 && next.walletId === entry.walletId;
  return isNext && next.balance === entry.balance;
}

function isAlert({ kind }: JournalEntry): boolean {
  return kind === 'DayPassWalletLow' || kind === 'DayPassWalletEmpty';
}

/**
 * The drafts that are sent. Of a limited kind, a wallet and threshold has at most one notice in 24
 * hours, unless the new one is worse than the last that was sent. Entries, webhooks and streams stay
 * exact: only what people read is limited.
 */
export function withoutRepeats(
  drafts: readonly NoticeDraft[],
  last: readonly LastNotice[],
): NoticeDraft[] {
  const lastOf = new Map(last.map((one) => [limitKey(one), one]));
  return drafts.filter((draft) => {
    const { isWorse } = noticeKinds[draft.kind];
    if (!isWorse) return true;
    const before = lastOf.get(limitKey(draft));
    const isQuiet = before !== undefined && draft.atMs - before.atMs < quietMs;
    if (isQuiet && !isWorse(draft.balance ?? 0, before.balance ?? 0)) return false;
    lastOf.set(limitKey(draft), draft);
    return true;
  });
}

/** Whether notices of the kind are limited in a day. */
export function isLimited({ kind }: NoticeDraft): boolean {
  return noticeKinds[kind].isWorse !== undefined;
}

function limitKey({ kind, walletId, threshold }: Omit<LastNotice, 'balance' | 'atMs'>): string {
  return `${kind} ${walletId} ${threshold}`;
}
