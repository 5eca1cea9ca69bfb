import {
  hashNotice,
  readConfirmation,
  type SignedConfirmation,
} from '../../access/confirmation-token';
import { renderNotice } from '../../access/notice';
import type { Principal } from '../../access/principal';
import { newId } from '../../core/ids';
import type { AccountLedger } from '../../ledger/account-ledger';
import { refused } from '../../ledger/model/outcome';
import type { Outcome } from '../../ledger/commands';

/**
 * The content of a token; null if it is forged or malformed, or belongs to another agent or
 * session.
 */
export function readOwnConfirmation(
  token: string,
  of: Pick<Principal, 'accountId' | 'agentId' | 'sessionKeyId'>,
  key: Buffer,
): SignedConfirmation | null {
  const confirmation = readConfirmation(token, key);
  if (!confirmation) return null;
  const { accountId, agentId, sessionKeyId = of.sessionKeyId } = confirmation;
  const isOwn =
    accountId === of.accountId && agentId === of.agentId && sessionKeyId === of.sessionKeyId;
  return isOwn ? confirmation : null;
}

/**
 * Proceed: one pass leaves the wallet, and the agent has access until the end of the agent's day. A
 * token that was used before returns the same consumption.
 *
 * Refusals: CONFIRMATION_INVALID, CONFIRMATION_EXPIRED, CONFIRMATION_STALE, AGENT_NOT_ACTIVE,
 * PASS_NOT_NEEDED, SECTION_NOT_PERMITTED, PASS_ALREADY_ACTIVE, SESSION_NOT_PERMITTED, WALLET_FROZEN,
 * WALLET_EMPTY.
 */
export async function consumeDayPass(
  ledger: AccountLedger,
  by: { sessionKeyId: string | null },
  confirmation: SignedConfirmation | null,
): Promise<Outcome<'consume'>> {
  // The token of another agent is refused like a forged one.
  if (!confirmation) {
    return refused('CONFIRMATION_INVALID', 'This confirmation is not valid. Ask the gate again.', [
      'confirmationToken',
    ]);
  }

  const { language, noticeHash, id, expiresAtMs, ...bound } = confirmation;
  const notice = renderNotice(confirmation);
  return ledger.submit({
    ...bound,
    kind: 'consume',
    source: bound.ticketId ? 'TICKET' : 'PORTAL',
    id: newId(),
    confirmationId: id,
    confirmationExpiresAtMs: expiresAtMs,
    notice,
    locale: language,
    sessionKeyId: by.sessionKeyId,
    noticeDiffers: hashNotice(notice, language) !== noticeHash,
  });
}
