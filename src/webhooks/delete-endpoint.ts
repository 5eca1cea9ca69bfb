import { recordAudit } from '../access/audit';
import type { UserError } from '../api/user-error';
import { WebhookEndpointRow } from '../db/tables/webhook-endpoint';
import { endpointNotFound } from './change-endpoint';
import type { EndpointAct } from './create-endpoint';
import { auditedUrl } from './endpoint.rules';

/** Deletes an endpoint, its place and its log. Refusals: NOT_FOUND. */
export function deleteEndpoint(
  { state, nowMs, audit }: EndpointAct,
  id: string,
): Promise<UserError | null> {
  return state.write<UserError | null>(async (manager) => {
    const row = await manager.findOneBy(WebhookEndpointRow, { id });
    if (!row) return { result: endpointNotFound, changed: [] };
    await manager.delete(WebhookEndpointRow, { id });
    const { description, kinds } = row;
    await recordAudit(manager, {
      ...audit,
      action: 'webhook.deleted',
      subject: { type: 'WebhookEndpoint', id },
      before: { url: auditedUrl(row.url), description, kinds },
      after: null,
      occurredAt: new Date(nowMs),
    });
    return { result: null, changed: [] };
  });
}
