import { DomainError, type RefusalCode } from '../core/domain-error';
import { newId } from '../core/ids';
import type { AccountLedger } from '../ledger/account-ledger';
import type { Refused } from '../ledger/model/outcome';
import type { Consumption } from '../ledger/model/ledger';
import { revoked } from './authenticate';
import type { Section } from './gate.rules';
import type { AgentKeyPrincipal } from './principal';

/**
 * A key of an occasional agent enters for gated data. Returns the pass that was used, or null if
 * one runs already. Throws DAY_PASS_REQUIRED, with the reason, if none can be used; FORBIDDEN if
 * the agent lacks the permission; UNAUTHENTICATED if the key was revoked in the meantime.
 */
export async function enterByKey(
  ledger: AccountLedger,
  { agentId, keyId }: AgentKeyPrincipal,
  section: Section | null,
): Promise<Consumption | null> {
  const outcome = await ledger.submit<'consume-by-key'>({
    kind: 'consume-by-key',
    id: newId(),
    confirmationId: newId(),
    agentId,
    apiKeyId: keyId,
    section,
  });
  if (outcome.status === 'refused') throw faultOf(outcome);
  return outcome.result.taken;
}

/** The request has no payload for a refusal, so the field that needs the data has the error. */
function faultOf({ code, message }: Refused): DomainError {
  if (code === 'NOT_FOUND') return revoked();
  const fault = mayNot.has(code) ? 'FORBIDDEN' : 'DAY_PASS_REQUIRED';
  return new DomainError(fault, message, toldReasons.has(code) ? { reason: code } : {});
}

const mayNot = new Set<RefusalCode>(['AGENT_NOT_ACTIVE', 'SECTION_NOT_PERMITTED']);
/** The reason that the gate itself would report; a day that is about to end is not one of them. */
const toldReasons = new Set<RefusalCode>([
  ...mayNot,
  'WALLET_EMPTY',
  'WALLET_FROZEN',
  'ACCOUNT_CLOSED',
]);
