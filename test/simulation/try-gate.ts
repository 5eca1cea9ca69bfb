import { foldBatch } from '../../src/ledger/decide';
import type { GateAnswer } from './ask-gate';
import { demand } from './broken';
import type { Database } from './database';
import { loadDesk } from './load-desk';

/**
 * The gate and the ledger agree: what the gate offers, the ledger sells if nothing changed in
 * between, and what the gate does not offer, it does not. Tried at once, and not written.
 */
export function tryGate(db: Database, answer: GateAnswer, newId: () => string): void {
  const { decision, isOffered } = answer;
  for (const emergency of isOffered ? [answer.confirmation.emergency] : [false, true]) {
    const command = { ...answer.confirmation, emergency, id: newId() };
    const [result] = foldBatch(loadDesk(db, [command]), [command], newId).settled;
    const outcome = result?.status === 'fulfilled' ? result.value : null;
    const isSold = outcome?.status === 'accepted';
    demand(isSold === isOffered, 'what the gate offers, the ledger sells', { decision, outcome });
    if (decision.kind !== 'DENIED' || outcome?.status !== 'refused') continue;
    const { code } = outcome;
    const isSame = code === decision.reason || code === 'CONFIRMATION_STALE' || !isOfWallet(code);
    demand(isSame, 'the gate and the ledger give one reason', { decision, code });
  }
}

function isOfWallet(code: string): boolean {
  return code === 'WALLET_EMPTY' || code === 'WALLET_FROZEN';
}
