import type { Feature } from '../api/feature';
import { AuditResolver, loadAuditEventNode } from './audit.resolver';

/** The audit trail. */
export const auditFeature: Feature = {
  resolvers: [AuditResolver],
  nodes: { AuditEvent: loadAuditEventNode },
  tasks: {},
  followers: [],
};
