import { isDeepStrictEqual } from 'node:util';
import { recordAudit, type Attribution } from '../access/audit';
import type { InvoiceParty } from '../core/invoice-party';
import type { AccountManager } from '../db/account-manager';
import type { AccountState } from '../db/account-state';
import { BillingRow } from '../db/tables/billing';

/** Where an account's invoices go. */
export type Billing = Pick<BillingRow, 'buyer' | 'billingEmail'>;

/** Who acts, and the account's instant. */
interface Act {
  audit: Attribution;
  nowMs: number;
}

/**
 * Changes where an account's invoices go. `change` returns the values to set, from those of now; what
 * it leaves out stays. An invoice that was issued keeps what it says. Returns the values after that.
 */
export function updateBilling(
  state: AccountState,
  change: (present: Billing) => Partial<Billing>,
  { audit, nowMs }: Act,
): Promise<Billing> {
  const { accountId } = state;
  return state.write<Billing>(async (manager) => {
    const row = await manager.findOneBy(BillingRow, {});
    const before: Billing = { buyer: row?.buyer ?? null, billingEmail: row?.billingEmail ?? null };
    const after: Billing = { ...before, ...change(before) };
    if (isDeepStrictEqual(before, after)) return { result: before, changed: [] };
    await write(manager, { isNew: !row, after });
    await recordAudit(manager, {
      ...audit,
      action: 'billing.updated',
      subject: { type: 'Account', id: accountId },
      ...differences(flat(before), flat(after)),
      occurredAt: new Date(nowMs),
    });
    return { result: after, changed: [{ kind: 'account', id: accountId }] };
  });
}

async function write(
  manager: AccountManager,
  { isNew, after }: { isNew: boolean; after: Billing },
): Promise<void> {
  if (isNew) return manager.insert(BillingRow, after);
  // The type of a partial row does not know the null of a JSON column.
  await manager.query('update billing set buyer = $2, billing_email = $3 where account_id = $1', [
    after.buyer && JSON.stringify(after.buyer),
    after.billingEmail,
  ]);
}

type Flat = Partial<InvoiceParty> & Pick<Billing, 'billingEmail'>;

function flat({ buyer, billingEmail }: Billing): Flat {
  return { ...buyer, billingEmail };
}

/** Only what differs: the audit trail shows field by field what an act changed. */
function differences(before: Flat, after: Flat): { before: object; after: object } {
  const names = (Object.keys({ ...before, ...after }) as (keyof Flat)[]).filter(
    (name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null),
  );
  const of = (values: Flat) =>
    Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  return { before: of(before), after: of(after) };
}
