import { genesisHash } from '../../src/ledger/writer/seal-entries';
import type { NamedAgent, Price } from '../../src/ledger/model/ledger';
import type { Bounds, Database, WalletRow } from './database';
import type { Random } from './random';
import { foundSelling } from './selling';

/** Zones whose clocks do what clocks seldom do: half hours, midnights that are skipped or come twice. */
export const zones = [
  'UTC',
  'Europe/London',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Scoresbysund',
  'America/Vancouver',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
] as const;

const names = ['Ada', 'Bela', 'Cleo', 'Dora', 'Egon', 'Fay', 'Gil', 'Hana', 'Ivo', 'Jun'];
const dayMs = 86_400_000;

/** A new account: its people, tickets, wallets and prices, all empty of passes yet. */
export function foundDesk(random: Random): Database {
  const clients = ['acme', 'birch', 'cargo'].slice(0, random.between(0, 3));
  // Some clients have no wallet of their own; their tickets are served by the account's.
  const served = clients.filter(() => random.chance(0.7));
  const wallets = [null, ...served].map((clientId) => walletOf(random, clientId));
  const clockMs = foundedAtMs(random);
  return {
    accountId: 'desk',
    sandbox: random.chance(0.4),
    bounds: boundsOf(random),
    clockMs,
    offsetMs: 0,
    journal: { sequence: 0, lastInstantMs: 0, lastHash: genesisHash('desk') },
    prices: Array.from({ length: random.between(0, 3) }, () => drawPrice(random, clockMs)),
    clients,
    agents: new Map(
      names
        .slice(0, random.between(3, names.length))
        .map((name, at) => [name, Object.freeze(agentOf(random, name, at))]),
    ),
    // Two of each agent's, so that keys of one agent race.
    keys: new Map(
      names.flatMap((agentId) =>
        [1, 2].map((at) => {
          const id = `key ${at} of ${agentId}`;
          return [id, Object.freeze({ id, agentId, revokedAtMs: null })] as const;
        }),
      ),
    ),
    tickets: new Map(
      ['ticket-1', 'ticket-2', 'ticket-3', 'ticket-4'].map((id) => [
        id,
        { id, clientId: random.pick([null, ...clients]) },
      ]),
    ),
    wallets: new Map(wallets.map((wallet) => [wallet.id, Object.freeze(wallet)])),
    lots: new Map(),
    openLots: new Map(),
    consumptions: new Map(),
    spent: new Map(),
    reversedOf: new Map(),
    purchases: new Map(),
    emergencies: new Map(),
    runningPasses: new Map(),
    entries: [],
    endpoints: [],
    keyed: new Map(),
    ...foundSelling(random),
  };
}

/** A price of one of a few sizes, valid from about now. */
export function drawPrice(random: Random, nowMs: number): Price {
  const validFromMs = nowMs + random.between(-400, 200) * 60_000;
  return {
    minimumQuantity: random.pick([1, 1, 1, 2, 5]),
    unitPriceMinor: random.between(0, 3) * 400,
    currency: 'USD',
    validFromMs,
    validToMs: random.chance(0.4) ? validFromMs + random.between(1, 2_000) * 60_000 : null,
  };
}

/** The first is an admin who lasts, as there always is one; the second is at times another. */
function agentOf(random: Random, id: string, at: number): NamedAgent {
  const isFirst = at === 0;
  const isSecond = at === 1 && random.chance(0.5);
  const type: NamedAgent['type'] =
    isFirst || isSecond
      ? 'FULL_TIME'
      : random.weighted<NamedAgent['type']>([
          [8, 'OCCASIONAL'],
          [1, 'FULL_TIME'],
        ]);
  const status: NamedAgent['status'] = isFirst
    ? 'ACTIVE'
    : random.weighted<NamedAgent['status']>([
        [9, 'ACTIVE'],
        [1, 'INVITED'],
        [1, 'DEACTIVATED'],
      ]);
  return {
    id,
    name: id,
    activatedAtMs: status === 'INVITED' ? null : 0,
    type,
    status,
    role: isFirst || isSecond || random.chance(0.2) ? 'ACCOUNT_ADMIN' : 'AGENT',
    timeZone: random.pick(zones),
    sections: random.chance(0.85) ? ['TICKETS', 'ASSETS'] : ['ASSETS'],
  };
}

function walletOf(random: Random, clientId: string | null): WalletRow {
  return {
    id: `wallet of ${clientId ?? 'the account'}`,
    name: 'Day passes',
    clientId,
    balance: 0,
    lowBalanceThreshold: random.pick([null, 0, 1, 3]),
    lowerThresholds: [],
    emergencyAllowance: random.pick([0, 0, 1, 3]),
    frozenAtMs: null,
    lastSequence: 0,
    lastWalletSequence: 0,
    lastHash: '',
  };
}

/** The service's own bounds on one life in five. */
function boundsOf(random: Random): Bounds {
  if (random.chance(0.2)) return { batch: 256, due: 1_000 };
  return { batch: random.between(1, 8), due: random.between(1, 4) };
}

/** Any instant of our time, or just before a day that a zone left out, repeated or cut short. */
function foundedAtMs(random: Random): number {
  const odd = random.pick(['2010-11-06', '2011-12-29', '2026-03-28', '2026-10-24', '2026-04-23']);
  if (random.chance(0.3)) return Date.parse(`${odd}T12:00:00Z`) + random.between(0, dayMs);
  return Date.parse('2024-01-01T00:00:00Z') + random.between(0, 4_000 * 86_400) * 1_000;
}
