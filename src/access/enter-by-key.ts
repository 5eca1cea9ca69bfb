import { DomainError, type RefusalCode } from '../core/domain-error';
import { newId } from '../core/ids';
import type { AccountLedger } from '../ledger/account-ledger';
import type { Refused } from '../ledger/model/outcome';
import type { Consumption } from '../ledger/model/ledger';
import { revoked } from './authenticate';
import type { Section } from './gate.rules';
import type { AgentKeyPrincipal } from './principal';

/**
 * A key of an occasional agent enters for gated data: the pass that was taken, or null where one runs
 * already. Throws DAY_PASS_REQUIRED, with the reason, where none can be taken; FORBIDDEN where the
 * agent may not; UNAUTHENTICATED where the key was revoked meanwhile.
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

/** Nothing was asked for that could carry a refusal, so it is a fault of what touched the data. */
function faultOf({ code, message }: Refused): DomainError {
  if (code === 'NOT_FOUND') return revoked();
  const fault = mayNot.has(code) ? 'FORBIDDEN' : 'DAY_PASS_REQUIRED';
  return new DomainError(fault, message, toldReasons.has(code) ? { reason: code } : {});
}

const mayNot = new Set<RefusalCode>(['AGENT_NOT_ACTIVE', 'SECTION_NOT_PERMITTED']);
/** What the gate itself would give as its reason; a day that is about to end is none. */
const toldReasons = new Set<RefusalCode>([
  ...mayNot,
  'WALLET_EMPTY',
  'WALLET_FROZEN',
  'ACCOUNT_CLOSED',
]);
