import type { AuditEvent } from '../db/audit-trail';
import type { AdvanceClock, ChangeAccount, ChangeAgent, Command } from './commands';
import type { Decision } from './writer/decision';
import {
  addressOf,
  type AccountTerms,
  type Ledger,
  type NamedAgent,
  type Wallet,
} from './model/ledger';
import type { Changes } from './writer/posting';

/** What an act did, beside who did it. */
type Act = Pick<AuditEvent, 'action' | 'subject' | 'before' | 'after'>;

/**
 * What the audit trail is to say of a command; null where nobody asked for it, or it changed nothing.
 * The ledger is the one that the command was decided on. What agents consume is in the journal.
 */
export function auditOf(ledger: Ledger, command: Command, decision: Decision): AuditEvent | null {
  const audit = 'audit' in command ? command.audit : undefined;
  const act = audit && actOf(ledger, command, decision.changes);
  if (!act) return null;
  const { accountId, nowMs } = ledger;
  // Nobody has signed in who activates: the link's holder is taken for the agent it was sent to.
  const actor =
    command.kind === 'activate-agent'
      ? { kind: 'AGENT' as const, id: act.subject.id }
      : audit.actor;
  const { id } = command;
  return { id, ...audit, actor, accountId, ...act, occurredAt: new Date(nowMs) };
}

/** The same of a sandbox's clock, which moves outside `decide`: by its first step, for the whole way. */
export function auditOfAdvance(
  accountId: string,
  { id, audit }: AdvanceClock,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): AuditEvent | null {
  if (!audit) return null;
  return {
    id,
    ...audit,
    accountId,
    action: 'test_clock.advanced',
    subject: { type: 'Account', id: accountId },
    before: { now: instant(fromMs) },
    after: { now: instant(toMs) },
    occurredAt: new Date(fromMs),
  };
}

function actOf(ledger: Ledger, command: Command, changes: Changes): Act | null {
  switch (command.kind) {
    case 'change-agent': {
      const after = changes.agents.get(command.agentId);
      const before = ledger.agents.get(command.agentId);
      if (!after || !before) return null;
      const email = changes.addresses.get(after.id);
      const withAddress = (agent: NamedAgent, address: string | null) => ({
        ...wordsOf(agent),
        ...(email !== undefined && { email: address }),
      });
      return differing(
        changeOf(command),
        'Agent',
        withAddress(before, addressOf(ledger, before.id)),
        withAddress(after, email ?? null),
      );
    }
    case 'delete-agent': {
      const before = ledger.agents.get(command.agentId);
      if (!before || changes.deletedAgents.length === 0) return null;
      return {
        action: 'agent.deleted',
        subject: { type: 'Agent', id: before.id },
        before: { ...withoutId(wordsOf(before)), email: addressOf(ledger, before.id) },
        after: null,
      };
    }
    case 'invite-agent': {
      const [agentId] = [...changes.invitations.keys()];
      if (agentId === undefined) return null;
      const before = ledger.agents.get(agentId);
      const after = changes.agents.get(agentId) ?? changes.newAgents[0]!;
      return {
        action: 'agent.invited',
        subject: { type: 'Agent', id: agentId },
        before: before ? withoutId(wordsOf(before)) : null,
        after: { ...withoutId(wordsOf(after)), email: command.email },
      };
    }
    case 'activate-agent': {
      const [after] = [...changes.agents.values()];
      if (!after) return null;
      const before = ledger.agents.get(after.id)!;
      return differing('agent.activated', 'Agent', wordsOf(before), wordsOf(after));
    }
    case 'update-wallet': {
      const after = changes.wallets.get(command.walletId);
      const before = ledger.wallets.get(command.walletId);
      if (!after || !before) return null;
      return differing('wallet.updated', 'DayPassWallet', settingsOf(before), settingsOf(after));
    }
    case 'change-account': {
      if (!changes.account) return null;
      const before = termsOf(ledger.accountId, ledger.account);
      const after = termsOf(ledger.accountId, changes.account);
      return differing(changeOfAccount(command), 'Account', before, after);
    }
    case 'grant': {
      const { quantity, reason, expiresAtMs } = command;
      const more = { quantity, reason, expiresAt: instant(expiresAtMs) };
      return credited('passes.granted', { ledger, changes, more });
    }
    case 'purchase': {
      const [bought] = changes.purchases;
      if (!bought) return null;
      const { quantity, totalMinor, unitPrice } = bought;
      const more = { quantity, totalMinor, currency: unitPrice.currency };
      return credited('passes.purchased', { ledger, changes, more });
    }
    case 'reverse': {
      const reversedAtMs = changes.reversals.get(command.consumptionId);
      if (reversedAtMs === undefined) return null;
      return {
        action: 'consumption.reversed',
        subject: { type: 'DayPassConsumption', id: command.consumptionId },
        before: { reversedAt: null },
        after: { reversedAt: instant(reversedAtMs), reason: command.reason },
      };
    }
    case 'revoke-key': {
      const [key] = [...changes.keys.values()];
      if (!key) return null;
      return {
        action: 'api_key.revoked',
        subject: { type: 'ApiKey', id: key.id },
        before: { revokedAt: null },
        after: { revokedAt: instant(key.revokedAtMs) },
      };
    }
    case 'consume':
    case 'consume-by-key':
    case 'expire':
    case 'advance-clock':
      return null;
  }
}

function changeOf({ type, status }: ChangeAgent): string {
  if (type !== undefined) return 'agent.converted';
  if (status === undefined) return 'agent.updated';
  return status === 'DEACTIVATED' ? 'agent.deactivated' : 'agent.reactivated';
}

function changeOfAccount({ isClosed }: ChangeAccount): string {
  if (isClosed === undefined) return 'account.updated';
  return isClosed ? 'account.closed' : 'account.reopened';
}

/** Passes that came into a wallet: its balance on both sides, and what came. */
function credited(
  action: string,
  { ledger, changes, more }: { ledger: Ledger; changes: Changes; more: object },
): Act | null {
  const [wallet] = [...changes.wallets.values()];
  if (!wallet) return null;
  return {
    action,
    subject: { type: 'DayPassWallet', id: wallet.id },
    before: { balance: ledger.wallets.get(wallet.id)!.balance },
    after: { balance: wallet.balance, ...more },
  };
}

/** The fields that differ, on both sides; null where none does. */
function differing<Words extends { id: string }>(
  action: string,
  type: string,
  before: Words,
  after: Words,
): Act | null {
  const names = (Object.keys(after) as (keyof Words)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (names.length === 0) return null;
  const only = (words: Words) => Object.fromEntries(names.map((name) => [name, words[name]]));
  return { action, subject: { type, id: after.id }, before: only(before), after: only(after) };
}

function wordsOf({ id, name, type, status, role, timeZone, sections }: NamedAgent) {
  return { id, name, type, status, role, timeZone, sections };
}

function termsOf(id: string, account: AccountTerms) {
  const { plan, billingMode, emergencyCeiling } = account;
  const closedAt = instant(account.closedAtMs);
  const gateShutsAt = instant(account.gateShutsAtMs);
  return { id, plan, billingMode, emergencyCeiling, closedAt, gateShutsAt };
}

function settingsOf(wallet: Wallet) {
  const { id, name, lowBalanceThreshold, emergencyAllowance } = wallet;
  const frozenAt = instant(wallet.frozenAtMs);
  return { id, name, lowBalanceThreshold, emergencyAllowance, frozenAt };
}

function withoutId<Words extends { id: string }>({ id: _id, ...words }: Words): Omit<Words, 'id'> {
  return words;
}

function instant(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
