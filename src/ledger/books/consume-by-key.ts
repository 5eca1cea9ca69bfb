import { localDayOf } from '../../time/local-day';
import { unchanged, type Decision } from '../model/decision';
import type { Agent, Consumption, Ledger } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { judgeUsing } from './permission.rules';
import { listPrice } from './price.rules';
import { judgeWallet, leastSaleMs, takePass, walletFor } from './take-pass';

/**
 * A key of an occasional agent touches gated data: one pass leaves the account's own wallet, unless
 * one runs. Nobody is asked, so nothing is confirmed and no consent is kept.
 */
export interface ConsumeByKey extends AnyCommand {
  kind: 'consume-by-key';
  agentId: string;
  apiKeyId: string;
  /** The section of what is touched; null where it is of none. */
  section: string | null;
  /** Stands where a confirmation's id would: made before the first run, so that a run again is seen. */
  confirmationId: string;
}

interface Entered {
  /** Null if no pass was needed: one runs, or the agent is full-time now. */
  taken: Consumption | null;
}

export const consumeByKey: CommandModule<ConsumeByKey, Entered> = {
  kind: 'consume-by-key',
  needs: ({ agentId, confirmationId, apiKeyId }) => ({
    agents: [agentId],
    confirmations: [confirmationId],
    passes: 1,
    apiKeys: [apiKeyId],
  }),
  decide,
};

/**
 * A key of an occasional agent enters. However many requests and keys race, the account's lock puts
 * them in a row: the first takes a pass, and those behind it find it running and take none.
 *
 * Nobody was shown anything, so there is nothing to be stale: day, price and wallet are of this
 * instant, and the wallet is the account's own.
 */
function decide(ledger: Ledger, command: ConsumeByKey, newId: () => string): Decision<Entered> {
  const spent = ledger.spentConfirmations.get(command.confirmationId);
  if (spent) return entered(spent.consumption);

  const agent = ledger.agents.get(command.agentId);
  const key = ledger.keys.get(command.apiKeyId);
  if (!agent || key?.agentId !== agent.id || key.revokedAtMs !== null) {
    return unchanged(
      refused('NOT_FOUND', 'This key does not exist or was revoked. Use another key.'),
    );
  }
  const refusal = judgeAgent(agent, command);
  if (refusal) return unchanged(refusal);
  if (agent.type === 'FULL_TIME' || ledger.runningPasses.has(agent.id)) return entered(null);

  const { localDate, endsAtMs } = localDayOf(ledger.nowMs, agent.timeZone);
  if (ledger.nowMs > endsAtMs - leastSaleMs) {
    const message =
      "The agent's day ends within ten seconds. Try again when the next day has begun.";
    return unchanged(refused('CONFIRMATION_STALE', message));
  }
  const wallet = walletFor(ledger, null);
  if (!wallet) throw new Error(`Account ${ledger.accountId} has no wallet of its own.`);
  const shortage = judgeUsing(ledger) ?? judgeWallet(ledger, wallet);
  if (shortage) return unchanged(shortage);

  const { consumption, changes } = takePass(
    ledger,
    {
      command,
      confirmationId: command.confirmationId,
      agentId: agent.id,
      actor: { kind: 'API_KEY', id: key.id },
      wallet,
      ticketId: null,
      source: 'API_KEY',
      timeZone: agent.timeZone,
      localDate,
      passExpiresAtMs: endsAtMs,
      price: listPrice(ledger.prices, { quantity: 1, nowMs: ledger.nowMs }),
      consent: null,
    },
    newId,
  );
  return { ...entered(consumption), changes };
}

function entered(taken: Consumption | null): Decision<Entered> {
  return unchanged({ status: 'accepted', result: { taken } });
}

function judgeAgent(agent: Agent, { section }: ConsumeByKey): Refused | null {
  if (agent.status !== 'ACTIVE')
    return refused('AGENT_NOT_ACTIVE', 'This agent is invited or deactivated, not active.');
  if (section !== null && !agent.sections.includes(section)) {
    return refused(
      'SECTION_NOT_PERMITTED',
      'This agent may not use this section. Ask an account admin to add it.',
    );
  }
  return null;
}
