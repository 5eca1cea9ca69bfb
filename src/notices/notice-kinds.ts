import { nearestLanguage, type Language } from '../core/notation/languages';
import { balanceEmpty } from './kinds/balance-empty';
import { balanceLow } from './kinds/balance-low';
import { emergencyUsed } from './kinds/emergency-used';
import { invoiceIssued } from './kinds/invoice-issued';
import { invoiceOverdue } from './kinds/invoice-overdue';
import { lotExpiring } from './kinds/lot-expiring';
import { passReversed } from './kinds/pass-reversed';
import { webhookFailing } from './kinds/webhook-failing';
import { webhookPaused } from './kinds/webhook-paused';
import type { KindWords, Notice, NoticeKind, NoticeModule } from './notice';

/** Every kind of notice. */
export const noticeKinds: { readonly [Kind in NoticeKind]: NoticeModule<Kind> } = {
  BALANCE_LOW: balanceLow,
  BALANCE_EMPTY: balanceEmpty,
  EMERGENCY_USED: emergencyUsed,
  PASS_REVERSED: passReversed,
  INVOICE_ISSUED: invoiceIssued,
  INVOICE_OVERDUE: invoiceOverdue,
  LOT_EXPIRING: lotExpiring,
  WEBHOOK_FAILING: webhookFailing,
  WEBHOOK_PAUSED: webhookPaused,
};

export const noticeKindNames = Object.keys(noticeKinds) as NoticeKind[];

/** A stored kind may be one that only a newer release knows. */
export function isNoticeKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(noticeKinds, kind);
}

/** The words of a notice in one language, for every way in which it is sent or shown. */
export interface NoticeWords extends KindWords {
  language: Language;
  /** The page that the link opens: a path below the service's URL. */
  linkPath: string;
}

/** The words of a notice in the shipped language nearest to `locale`. */
export function noticeWords<Kind extends NoticeKind>(
  { kind, facts, names }: Pick<Notice<Kind>, 'kind' | 'facts' | 'names'>,
  locale: string,
): NoticeWords {
  const language = nearestLanguage(locale);
  const module: NoticeModule<Kind> = noticeKinds[kind];
  return {
    language,
    ...module.words[language](facts, names),
    linkPath: module.linkPath(facts),
  };
}
