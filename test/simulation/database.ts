import type {
  ApiKey,
  Consumption,
  Lot,
  NamedAgent,
  Price,
  Purchase,
  RunningPass,
  Ticket,
  Wallet,
} from '../../src/ledger/model/ledger';
import type { SealedEntry } from '../../src/ledger/writer/seal-entries';
import type { Selling } from './selling';
import type { Endpoint } from './webhooks';

/** One account's rows, as PostgreSQL would keep them, and the clock that decides. */
export interface Database extends Selling {
  accountId: string;
  sandbox: boolean;
  bounds: Bounds;
  /** The database's clock, and how far the test clock is ahead of it. */
  clockMs: number;
  offsetMs: number;
  journal: { sequence: number; lastInstantMs: number; lastHash: string };
  prices: Price[];
  clients: readonly string[];
  agents: Map<string, NamedAgent>;
  keys: Map<string, ApiKey>;
  tickets: Map<string, Ticket>;
  wallets: Map<string, WalletRow>;
  lots: Map<string, Lot>;
  /** An index: the lots that are not empty, by wallet, in no particular order. */
  openLots: Map<string, Map<string, Lot>>;
  purchases: Map<string, Purchase>;
  consumptions: Map<string, Consumption>;
  /** Indexes: consumptions by confirmation, and those that were reversed by their agent. */
  spent: Map<string, string>;
  reversedOf: Map<string, string[]>;
  emergencies: Map<string, { walletId: string; sequence: number; settledByLotId: string | null }>;
  runningPasses: Map<string, RunningPass>;
  entries: SealedEntry[];
  endpoints: Endpoint[];
  /** An index: the entries that carry a key, by `keyOf`. */
  keyed: Map<string, SealedEntry>;
}

export interface WalletRow extends Wallet {
  lastHash: string;
}

/**
 * The size of one batch: the service's own bounds, or smaller ones of the same shape, so that the
 * case beyond the bound happens in a short run too.
 */
export interface Bounds {
  batch: number;
  due: number;
}

/** The account's present instant, before the journal has its say. */
export function accountNowMs(db: Database): number {
  return db.clockMs + db.offsetMs;
}
