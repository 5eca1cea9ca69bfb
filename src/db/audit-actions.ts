/**
 * Every kind of act that the audit trail records, in the past tense. The description of
 * `AuditEvent.action` lists them, and the dashboard has words for each.
 */
export const auditActions = [
  'agent.invited',
  'agent.activated',
  'agent.updated',
  'agent.converted',
  'agent.deleted',
  'agent.deactivated',
  'agent.reactivated',
  'agent.identities_unlinked',
  'agent.tickets_released',
  'agent.tickets_reassigned',
  'account.created',
  'account.updated',
  'account.closed',
  'account.reopened',
  'billing.updated',
  'wallet.updated',
  'passes.granted',
  'passes.purchased',
  'invoice.credited',
  'consumption.reversed',
  'api_key.created',
  'api_key.revoked',
  'identity_provider.added',
  'identity_provider.updated',
  'identity_provider.removed',
  'webhook.created',
  'webhook.updated',
  'webhook.deleted',
  'webhook.secret_rotated',
  'webhook.replayed',
  'webhook.event_skipped',
  'clients.upserted',
  'tickets.upserted',
  'test_clock.advanced',
] as const;

export type AuditAction = (typeof auditActions)[number];
