import type { NoticeKind } from '../generated/app';
import { words } from '../words';

/** The kinds of notices that concern account admins. */
export const adminNotices = (Object.keys(words.notices.kind) as NoticeKind[]).filter(
  (kind) => kind !== 'PASS_REVERSED',
);

export function noticeKindName(kind: NoticeKind): string {
  return words.notices.kind[kind];
}
