import { bytes, instant, nullable, RowCodec, text, uuid, type RowOf } from './codec';

export const invitationRow = new RowCodec('invitations', {
  id: uuid('id'),
  agentId: uuid('agent_id'),
  /** SHA-256, hexadecimal. */
  tokenHash: bytes('token_hash'),
  expiresAtMs: instant('expires_at'),
  usedAtMs: nullable(instant('used_at')),
});

/** The link by which an invited agent becomes active; an agent has one at most. */
export type Invitation = RowOf<typeof invitationRow>;

export const invitationMailRow = new RowCodec('invitation_mails', {
  /** The invitation's id. */
  id: uuid('id'),
  address: text('address'),
  sendAtMs: instant('send_at'),
});

/** A mail with an invitation's link. */
export type InvitationMail = RowOf<typeof invitationMailRow>;
