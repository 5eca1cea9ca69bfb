import { recordAudit, type Attribution } from '../access/audit';
import type { UserError } from '../api/user-error';
import { newId } from '../core/ids';
import type { OutboundRules } from '../core/outbound';
import type { AccountState } from '../db/account-state';
import { WebhookEndpointRow } from '../db/tables/webhook-endpoint';
import { webhookSecret } from '../deliveries/webhook-secret';
import { auditedUrl, endpointsMax, refuseSettings } from './endpoint.rules';

export interface NewEndpoint {
  url: string;
  description: string | null;
  kinds: readonly string[];
  /** The number of the entry after which it begins; null: at the present end. */
  after: number | null;
}

/** What the functions that change endpoints need. */
export interface EndpointAct {
  state: AccountState;
  /** Of the service. */
  key: Uint8Array;
  rules: OutboundRules;
  /** The database's clock: endpoints do not follow the test clock. */
  nowMs: number;
  audit: Attribution;
}

/**
 * Creates an endpoint, which begins with the next entry. It returns the secret, which cannot be read again.
 * Refusals: VALIDATION_FAILED, URL_NOT_ALLOWED, LIMIT_REACHED.
 */
export async function createEndpoint(
  { state, key, rules, nowMs, audit }: EndpointAct,
  { url, description, kinds, after }: NewEndpoint,
): Promise<{ id: string; secret: string } | UserError> {
  const invalid = refuseSettings({ url, description, kinds }, rules);
  if (invalid) return invalid;
  const id = newId();
  const createdAt = new Date(nowMs);
  return state.write<{ id: string; secret: string } | UserError>(async (manager) => {
    const known = await manager.findBy(WebhookEndpointRow, {});
    if (known.length >= endpointsMax) return { result: tooMany, changed: [] };
    const [journal] = await manager.query<{ sequence: number }>(
      'select sequence from journals where account_id = $1',
    );
    const settings = { url, description: description || null, kinds: [...new Set(kinds)] };
    await manager.insert(WebhookEndpointRow, {
      ...settings,
      id,
      state: 'ACTIVE',
      sequence: after ?? journal?.sequence ?? 0,
      secretVersion: 1,
      previousSecretUntil: null,
      failures: 0,
      failingSince: null,
      retryAt: null,
      lastSuccessAt: null,
      pausedAt: null,
      replayAfter: null,
      replayThrough: null,
      replaySequences: null,
      lease: null,
      leaseUntil: null,
      createdAt,
    });
    await recordAudit(manager, {
      ...audit,
      action: 'webhook.created',
      subject: { type: 'WebhookEndpoint', id },
      before: null,
      after: { ...settings, url: auditedUrl(url) },
      occurredAt: createdAt,
    });
    const { accountId } = state;
    const secret = webhookSecret(key, { accountId, endpointId: id, version: 1 });
    return { result: { id, secret }, changed: [{ kind: 'account', id: accountId }] };
  });
}

const tooMany: UserError = {
  code: 'LIMIT_REACHED',
  message: `The account has ${endpointsMax} webhook endpoints, the highest number. Delete one first.`,
  field: null,
};
