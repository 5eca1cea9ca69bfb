import type { Follower } from '../followers/follower';
import { draftsOf, noticeEntryKinds } from './notice.rules';
import { writeNotices } from './write-notices';

/**
 * Stores the notices of each account's journal, and requests their mails. They exist when the
 * follower's new place is committed, and only then: so none is lost or repeated by a crash.
 */
export const noticesOfEntries: Follower = {
  name: 'notices',
  entryKinds: noticeEntryKinds.any,
  entryKindsBelowZero: noticeEntryKinds.belowZero,
  joinMs: 500,
  beginsAt: 'PRESENT_END',
  async handle(entries, transaction, changed) {
    const agents = await writeNotices(transaction, draftsOf(entries));
    for (const id of agents) changed({ kind: 'agent', id });
  },
};
