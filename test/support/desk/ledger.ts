import { apply } from '../../../src/ledger/writer/apply';
import { watchConservation } from '../../../src/ledger/writer/conservation';
import type { Consume } from '../../../src/ledger/books/consume';
import type { Grant } from '../../../src/ledger/books/grant';
import type { Outcome } from '../../../src/ledger/commands';
import { decide } from '../../../src/ledger/decide';
import { endDue } from '../../../src/ledger/books/end-due';
import type { Changes } from '../../../src/ledger/model/changes';
import type {
  AccountTerms,
  Entry,
  Ledger,
  Lot,
  NamedAgent,
  Price,
  Wallet,
} from '../../../src/ledger/model/ledger';

export const hourMs = 3_600_000;
/** Noon of a Monday in UTC. */
export const noonMs = Date.parse('2026-03-02T12:00:00.000Z');
export const dayEndMs = noonMs + 12 * hourMs;

/** What `decide` decides. */
export type Decided = Parameters<typeof decide>[1];

/** Ids that can be distinguished when a test fails: 'id-1', 'id-2', … */
export function countingIds(): () => string {
  let count = 0;
  return () => `id-${(count += 1)}`;
}

export const walletOf = (some: Partial<Wallet> = {}): Wallet => ({
  id: 'wallet',
  name: 'Day passes',
  clientId: null,
  balance: 0,
  lowBalanceThreshold: null,
  lowerThresholds: [],
  emergencyAllowance: 0,
  frozenAtMs: null,
  lastSequence: 0,
  lastWalletSequence: 0,
  ...some,
});

export const agentOf = (some: Partial<NamedAgent> = {}): NamedAgent => ({
  id: 'agent',
  name: 'An agent',
  type: 'OCCASIONAL',
  status: 'ACTIVE',
  role: 'AGENT',
  timeZone: 'UTC',
  sections: ['TICKETS'],
  activatedAtMs: 0,
  ...some,
});

export const lotOf = (some: Partial<Lot> = {}): Lot => ({
  id: 'lot',
  walletId: 'wallet',
  sequence: 1,
  quantity: 10,
  remaining: 10,
  priority: 0,
  unitPrice: null,
  expiresAtMs: null,
  createdAtMs: noonMs,
  ...some,
});

/**
 * A ledger at noon of one agent and one wallet, whose balance is that of its lots; what a given
 * balance is short of that is owed.
 */
export function ledgerOf(
  some: {
    agents?: NamedAgent[];
    wallet?: Partial<Wallet>;
    lots?: Lot[];
    account?: Partial<AccountTerms>;
    prices?: Price[];
  } & Partial<Pick<Ledger, 'nowMs'>> = {},
): Ledger {
  const lots = some.lots ?? [];
  const balance = lots.reduce((sum, lot) => sum + lot.remaining, 0);
  const wallet = walletOf({ balance, ...some.wallet });
  const agents = some.agents ?? [agentOf()];
  return {
    accountId: 'account',
    nowMs: some.nowMs ?? noonMs,
    tzdataVersion: 'test',
    sandbox: false,
    sessionsConsume: true,
    account: {
      plan: 'pro',
      billingMode: 'UNBILLED',
      emergencyCeiling: 5,
      termsDays: null,
      creditLimitMinor: null,
      creditFirst: true,
      holdSinceMs: null,
      closedAtMs: null,
      gateShutsAtMs: null,
      ...some.account,
    },
    lastPassEndsAtMs: null,
    isMoreDue: false,
    dueItems: new Map(),
    sequence: 0,
    prices: (some.prices ?? []).map((price) => ({ packSize: 1, ...price })),
    agents: new Map(agents.map((agent) => [agent.id, agent])),
    admins: new Set(),
    tickets: new Map(),
    wallets: new Map([[wallet.id, wallet]]),
    lots: new Map([[wallet.id, lots]]),
    owed: new Map([[wallet.id, owedOf(balance - wallet.balance)]]),
    runningPasses: new Map(),
    spentConfirmations: new Map(),
    reversible: new Map(),
    keys: new Map(),
    keyedEntries: new Map(),
    invoices: new Map(),
    invoicing: null,
    ordering: null,
    orders: new Map(),
    people: null,
  };
}

const owedOf = (count: number) =>
  Array.from({ length: Math.max(0, count) }, (_, at) => `owed-${at + 1}`);

export const consumeOf = (some: Partial<Consume> = {}): Consume => ({
  kind: 'consume',
  id: 'command',
  agentId: 'agent',
  walletId: 'wallet',
  ticketId: null,
  source: 'PORTAL',
  section: 'TICKETS',
  confirmationId: 'confirmation',
  confirmationExpiresAtMs: noonMs + 300_000,
  timeZone: 'UTC',
  localDate: '2026-03-02',
  passExpiresAtMs: dayEndMs,
  price: null,
  emergency: false,
  notice: 'A day pass will be consumed.',
  locale: 'en',
  noticeDiffers: false,
  sessionKeyId: null,
  ...some,
});

export const grantOf = (some: Partial<Grant> = {}): Grant => ({
  kind: 'grant',
  id: 'command',
  actor: null,
  walletId: null,
  quantity: 5,
  reason: 'For a test',
  expiresAtMs: null,
  key: 'key',
  keyInput: { meant: ['input'], written: ['input'] },
  ...some,
});

/** Ends what is due, then folds the commands one by one, as a batch does. */
export function fold(
  ledger: Ledger,
  commands: readonly Decided[],
  newId = countingIds(),
): { outcomes: Outcome[]; entries: Entry[] } {
  const applyChecked = (changes: Changes) => {
    const assertConserved = watchConservation(ledger, changes);
    apply(ledger, changes);
    assertConserved();
  };
  const ended = endDue(ledger, { id: newId() }, newId);
  applyChecked(ended);
  const entries = [...ended.entries];
  const outcomes = commands.map((command) => {
    const { outcome, changes } = decide(ledger, command, newId);
    applyChecked(changes);
    entries.push(...changes.entries);
    return outcome;
  });
  return { outcomes, entries };
}
