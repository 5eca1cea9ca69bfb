import { instant, nullable, RowCodec, uuid, type RowOf } from './codec';

export const apiKeyRow = new RowCodec('api_keys', {
  id: uuid('id'),
  /** Null: a service key. */
  agentId: nullable(uuid('agent_id')),
  /** By the database's clock: a test clock does not move credentials. */
  revokedAtMs: nullable(instant('revoked_at')),
});

/** A credential that belongs to no person. The ledger decides only whether it may use a pass. */
export type ApiKey = RowOf<typeof apiKeyRow>;
