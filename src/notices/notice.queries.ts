import type { AccountScope } from '../db/account-scope';
import type { Notice, NoticeKind } from './notice';
import { isNoticeKind } from './notice-kinds';

/** Notices older than this are not shown, and are deleted. */
export const noticeKeptDays = 90;

interface Row extends Omit<Notice, 'accountId' | 'kind' | 'names'> {
  kind: string;
  accountName: string;
  noticeLanguage: string;
  walletName: string | null;
  actorName: string | null;
  passDate: string | null;
  invoiceKind: Notice['names']['invoiceKind'];
}

/**
 * Loads notices by id, with the names in their words. Null for one that the account does not have, and
 * for a kind that only a newer release knows.
 */
export async function noticesById(
  scope: Pick<AccountScope, 'accountId' | 'query'>,
  ids: readonly string[],
): Promise<(Notice | null)[]> {
  const rows = await scope.query<Row>(
    `select n.id, n.number, n.kind, (extract(epoch from n.occurred_at) * 1000)::float8 as "atMs",
       n.sequence, n.wallet_id as "walletId", n.threshold, n.balance, n.facts,
       n.agent_id as "agentId", account.name as "accountName",
       account.notice_language as "noticeLanguage", wallet.name as "walletName",
       coalesce(actor.name, key.name) as "actorName",
       to_char(pass.local_date, 'YYYY-MM-DD') as "passDate", invoice.kind as "invoiceKind"
     from notices n
     join accounts account on account.id = n.account_id
     left join wallets wallet on wallet.account_id = n.account_id and wallet.id = n.wallet_id
     left join agents actor
       on actor.account_id = n.account_id and actor.id = (n.facts ->> 'byId')::uuid
     left join api_keys key
       on key.account_id = n.account_id and key.id = (n.facts ->> 'byId')::uuid
     left join consumptions pass
       on pass.account_id = n.account_id and pass.id = (n.facts ->> 'consumptionId')::uuid
     left join invoices invoice
       on invoice.account_id = n.account_id and invoice.id = (n.facts ->> 'invoiceId')::uuid
     where n.account_id = $1 and n.id = any($2)`,
    [ids],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = found.get(id);
    return row && isNoticeKind(row.kind) ? noticeOf(scope.accountId, row, row.kind) : null;
  });
}

function noticeOf(accountId: string, row: Row, kind: NoticeKind): Notice {
  const { accountName, noticeLanguage, walletName, actorName, passDate, invoiceKind, ...notice } =
    row;
  const names = {
    account: accountName,
    language: noticeLanguage,
    wallet: walletName,
    actor: actorName,
    ...{ passDate, invoiceKind },
  };
  return { ...notice, accountId, kind, names };
}
