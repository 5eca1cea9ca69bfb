import type { RefusalCode } from '../core/domain-error';
import type { Actor, Consumption, Money, Wallet } from './ledger';

/** An agent enters: one pass leaves the wallet. All but the ids is what the confirmation bound. */
export interface Consume {
  kind: 'consume';
  /** This try of ours; stays the same when a batch is run again. */
  id: string;
  agentId: string;
  walletId: string;
  ticketId: string | null;
  source: 'PORTAL' | 'TICKET';
  /** The section that the agent asked to enter. */
  section: string;
  confirmationId: string;
  /** When the confirmation ends, by the account's clock. */
  confirmationExpiresAtMs: number;
  timeZone: string;
  localDate: string;
  passExpiresAtMs: number;
  price: Money | null;
  emergency: boolean;
  notice: string;
  locale: string;
  /** Whether the notice that would be shown now differs from the one that was. */
  noticeDiffers: boolean;
}

/** Passes come in without a purchase: the admin's courtesy, or a migration from elsewhere. */
export interface Grant {
  kind: 'grant';
  id: string;
  actor: Actor | null;
  /** Null: the account's own wallet. */
  walletId: string | null;
  quantity: number;
  reason: string;
  expiresAtMs: number | null;
  key: string;
  keyDigest: string;
}

/** Ends what is due: passes and lots, oldest first, a bounded number at a time. */
export interface Expire {
  kind: 'expire';
  id: string;
}

export type Command = Consume | Grant | Expire;

export interface Results {
  consume: { consumption: Consumption; wallet: Wallet };
  grant: { wallet: Wallet };
  expire: Record<string, never>;
}

/** What came of a command. `replayed`: another request did it before; the answer is that one's. */
export type Outcome<Kind extends Command['kind'] = Command['kind']> =
  | { status: 'accepted'; result: Results[Kind] }
  | { status: 'replayed'; result: Results[Kind] }
  | Refused;

export interface Refused {
  status: 'refused';
  code: RefusalCode;
  message: string;
  field: readonly string[] | null;
}

export type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** One outcome, whichever command it came from. */
export function refused(
  code: RefusalCode,
  message: string,
  field: readonly string[] | null = null,
): Refused {
  return { status: 'refused', code, message, field };
}
