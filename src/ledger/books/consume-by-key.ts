import { localDayOf } from '../../time/local-day';
import { unchanged, type Decision } from '../model/decision';
import type { Agent, Consumption, Ledger } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { judgeUsing } from './permission.rules';
import { listPrice } from './price.rules';
import { judgeWallet, leastSaleMs, takePass, walletFor } from './take-pass';

/**
 * A key of an occasional agent reads gated data: one pass leaves the account's own wallet, unless
 * one is active. No person is asked, so there is no confirmation and no consent.
 */
export interface ConsumeByKey extends AnyCommand {
  kind: 'consume-by-key';
  agentId: string;
  apiKeyId: string;
  /** The section of the data; null if it belongs to none. */
  section: string | null;
  /**
   * Used in place of a confirmation's id: created before the first run, so that a repeated run is
   * recognised.
   */
  confirmationId: string;
}

interface Entered {
  /** Null if no pass was needed: one is active, or the agent is full-time now. */
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
 * A key of an occasional agent enters. If many requests and keys race, the account's lock puts them
 * in a sequence: the first uses a pass, and the others find it active and use none.
 *
 * No confirmation was shown, so none can be stale: day, price and wallet are those of this instant,
 * and the wallet is the account's own.
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
