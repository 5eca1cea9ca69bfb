import type { EntryKind } from '../ledger/model/ledger';
import type { JournalEntry } from '../journal/journal-entry';
import type { Language } from '../core/notation/languages';

/**
 * What a notice of each kind says beyond its columns: ids, numbers and texts of the journal. Names are
 * read when the notice is written out, so that a notice shows the present ones.
 */
export interface NoticeFactsOf {
  BALANCE_LOW: { threshold: number; balance: number };
  BALANCE_EMPTY: Readonly<Record<string, never>>;
  /** How many passes the wallet owed after the use. */
  EMERGENCY_USED: { owed: number };
  PASS_REVERSED: {
    consumptionId: string;
    reason: string;
    by: 'AGENT' | 'API_KEY' | 'OPERATOR' | null;
    byId: string | null;
  };
  INVOICE_ISSUED: {
    invoiceId: string;
    number: string;
    grossMinor: number;
    currency: string;
  };
  INVOICE_OVERDUE: { invoiceId: string; number: string; dueOn: string };
  LOT_EXPIRING: { lotId: string; passes: number; lastDay: string };
  WEBHOOK_FAILING: { endpointId: string; host: string };
  WEBHOOK_PAUSED: { endpointId: string; host: string; reason: 'GONE' | 'FAILING' };
}

export type NoticeKind = keyof NoticeFactsOf;

/** A notice before it is stored. */
export interface NoticeDraft<Kind extends NoticeKind = NoticeKind> {
  /** Of one act: if the act is handled again, its notice has the same id. */
  id: string;
  accountId: string;
  kind: Kind;
  /** When it happened, by the account's clock. */
  atMs: number;
  /** The entry that it reports; null if it does not come from the journal. */
  sequence: number | null;
  walletId: string | null;
  /** For kinds that are limited in a day: for each threshold separately. */
  threshold: number | null;
  /** The balance of the wallet after what happened. */
  balance: number | null;
  facts: NoticeFactsOf[Kind];
  /** The one agent whom it concerns; null: the account admins. */
  agentId: string | null;
}

/** The names in the words of a notice, as they are at present. */
export interface NoticeNames {
  account: string;
  /** The account's language, a BCP 47 tag. */
  language: string;
  wallet: string | null;
  /** The agent or key that acted. */
  actor: string | null;
  /** The local date of the pass, YYYY-MM-DD. */
  passDate: string | null;
  invoiceKind: 'INVOICE' | 'CREDIT_NOTE' | null;
}

/** A stored notice, with the names that its words need. */
export interface Notice<Kind extends NoticeKind = NoticeKind> extends NoticeDraft<Kind> {
  /** 1, 2, 3 … within the account, in the order in which they were stored. */
  number: number;
  names: NoticeNames;
}

/** The words of a notice: the subject of a mail, one or two sentences, and the text of the link. */
export interface KindWords {
  subject: string;
  sentence: string;
  linkText: string;
}

/** A kind of notice: one module per kind in `src/notices/kinds`. */
export interface NoticeModule<Kind extends NoticeKind = NoticeKind> {
  readonly kind: Kind;
  /** The entry that it comes from; null if it does not come from the journal. */
  readonly source: EntrySource | null;
  /** What the entry's notice says, and the agent whom it concerns; null if it causes none. */
  readonly ofEntry?: (
    entry: JournalEntry,
  ) => Pick<NoticeDraft<Kind>, 'facts'> & Partial<Pick<NoticeDraft<Kind>, 'agentId' | 'threshold'>>;
  /**
   * For a kind that is limited to one in 24 hours for a wallet and threshold: whether the second is
   * worse than the first, and is therefore sent even so.
   */
  readonly isWorse?: (balance: number, thanBalance: number) => boolean;
  readonly words: Readonly<
    Record<Language, (facts: NoticeFactsOf[Kind], names: NoticeNames) => KindWords>
  >;
  /** The page that the link opens: a path below the service's URL. */
  readonly linkPath: (facts: NoticeFactsOf[Kind]) => string;
}

interface EntrySource {
  kind: EntryKind;
  /** Only entries that leave the wallet below zero. */
  belowZero: boolean;
}
