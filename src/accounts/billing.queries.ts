import type { AccountScope } from '../db/account-scope';
import type { BillingRow } from '../db/tables/billing';
import type { InvoiceParty } from '../core/invoice-party';

/** Buyer and seller of an account's passes, as far as they have been entered. */
export interface BillingData extends Pick<BillingRow, 'buyer' | 'billingEmail'> {
  seller: InvoiceParty | null;
  /** What is owed for passes that were credited, with tax. */
  owedMinor: number;
}

/** Loads the data of the scope's own account; null for any other id. */
export async function billingDataById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(BillingData | null)[]> {
  const rows = await scope.query<BillingData>(
    `select billing.buyer, billing.billing_email as "billingEmail",
       (select party from sellers order by set_at desc, id desc limit 1) as seller,
       (select coalesce(sum(open_minor), 0)::bigint from orders
        where account_id = $1 and open_minor > 0 and credited_at is not null) as "owedMinor"
     from accounts account left join billing on billing.account_id = account.id
     where account.id = $1`,
  );
  return ids.map((id) => (id === scope.accountId ? (rows[0] ?? null) : null));
}
