import type { DataSource } from 'typeorm';
import type { AccountManager } from '../db/account-manager';
import { localDayOf } from '../time/local-day';
import type { NoticeDraft } from './notice';
import { storeNotice } from './store-notice';

/** What an item that fell due left in the outbox of its account. */
interface Due {
  accountId: string;
  noticeId: string;
  kind: string;
  /** The lot or the invoice. */
  subject: string;
  /** ISO 8601, by the account's clock. */
  at: string;
}

/** Stores the notice of an item that fell due. A kind of a newer release is left to its processes. */
export function writeDueNotice(
  { source }: { source: DataSource },
  { accountId, noticeId, kind, subject, at }: Due,
): Promise<void> {
  return storeNotice(source, { accountId, noticeId }, (transaction) => {
    const atMs = Date.parse(at);
    if (kind === 'LOT_EXPIRING') return readLot(transaction, subject, atMs);
    if (kind === 'INVOICE_OVERDUE') return readInvoice(transaction, subject, atMs);
    throw new Error(`This release knows no notice of the kind ${kind}.`);
  });
}

type Read = Pick<NoticeDraft, 'kind' | 'atMs' | 'walletId' | 'facts'> | null;

async function readLot(transaction: AccountManager, id: string, atMs: number): Promise<Read> {
  const [lot] = await transaction.query<{
    walletId: string;
    passes: number;
    expiresAtMs: number;
    timeZone: string;
  }>(
    `select l.wallet_id as "walletId", l.remaining as passes, a.time_zone as "timeZone",
       (extract(epoch from l.expires_at) * 1000)::float8 as "expiresAtMs"
     from lots l join accounts a on a.id = l.account_id
     where l.account_id = $1 and l.id = $2 and l.remaining > 0`,
    [id],
  );
  if (!lot) return null;
  const { walletId, passes, expiresAtMs, timeZone } = lot;
  // A lot that ends at midnight can be used until the end of the day before.
  const lastDay = localDayOf(Number(expiresAtMs) - 1, timeZone).localDate;
  return { kind: 'LOT_EXPIRING', atMs, walletId, facts: { lotId: id, passes, lastDay } };
}

async function readInvoice(transaction: AccountManager, id: string, atMs: number): Promise<Read> {
  const [invoice] = await transaction.query<{ walletId: string; number: string; dueOn: string }>(
    `select wallet_id as "walletId", series || '-' || place as number,
       to_char(due_on, 'YYYY-MM-DD') as "dueOn"
     from invoices where account_id = $1 and id = $2 and due_on is not null`,
    [id],
  );
  if (!invoice) return null;
  const { walletId, number, dueOn } = invoice;
  return { kind: 'INVOICE_OVERDUE', atMs, walletId, facts: { invoiceId: id, number, dueOn } };
}
