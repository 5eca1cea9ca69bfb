import { recordAudit } from '../access/audit';
import type { UserError } from '../api/user-error';
import type { AuditAction } from '../db/audit-actions';
import type { AccountManager } from '../db/account-manager';
import { WebhookEndpointRow } from '../db/tables/webhook-endpoint';
import type { EndpointAct } from './create-endpoint';

/** What a change does to an endpoint, and what the audit trail records of it. */
export interface EndpointChange {
  set: Partial<Omit<WebhookEndpointRow, 'accountId' | 'id'>>;
  action: AuditAction;
  before: object | null;
  after: object | null;
}

type Decision = EndpointChange | UserError | null;

/** A turn under way loses its lease with every change, so that it does not write over it. */
const withoutLease = { lease: null, leaseUntil: null };

/**
 * Changes one endpoint in a transaction of the account's state. `decide` returns the change, or why
 * it is refused; null changes nothing. Returns the refusal; null if it is accepted.
 */
export function changeEndpoint(
  { state, nowMs, audit }: Pick<EndpointAct, 'state' | 'nowMs' | 'audit'>,
  id: string,
  decide: (row: WebhookEndpointRow, manager: AccountManager) => Decision | Promise<Decision>,
): Promise<UserError | null> {
  return state.write<UserError | null>(async (manager) => {
    // Locked: a turn that delivers moves it meanwhile.
    await manager.query(
      'select from webhook_endpoints where account_id = $1 and id = $2 for update',
      [id],
    );
    const row = await manager.findOneBy(WebhookEndpointRow, { id });
    if (!row) return { result: endpointNotFound, changed: [] };
    const change = await decide(row, manager);
    if (change === null) return { result: null, changed: [] };
    if ('code' in change) return { result: change, changed: [] };
    await manager.update(WebhookEndpointRow, { id }, { ...change.set, ...withoutLease });
    const { action, before, after } = change;
    await recordAudit(manager, {
      ...audit,
      ...{ action, before, after },
      subject: { type: 'WebhookEndpoint', id },
      occurredAt: new Date(nowMs),
    });
    // Its hint wakes the deliveries: what is due now need not wait for their sweep.
    return { result: null, changed: [{ kind: 'account', id: state.accountId }] };
  });
}

/** The same for an endpoint of another account. */
export const endpointNotFound: UserError = {
  code: 'NOT_FOUND',
  message: 'The account has no webhook endpoint with this id. Check the id.',
  field: ['endpointId'],
};
