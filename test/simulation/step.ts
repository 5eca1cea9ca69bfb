import type { Section } from '../../src/access/gate.rules';
import type { ChangeAgent } from '../../src/ledger/access/change-agent';
import type { UpdateWallet } from '../../src/ledger/access/update-wallet';
import type { AccountTerms, Price } from '../../src/ledger/model/ledger';
import type { Selling } from './selling';

/**
 * One event. A step is drawn without looking at the state: it names things by how many back they
 * are, or by a number of any size, so it still means something when others are left out.
 */
export type Step =
  | { do: 'wait'; ms: number }
  /** To just about an instant at which something may turn; of the agent of that number. */
  | { do: 'wait-until'; what: Turn; agent: number; aroundMs: number }
  /** The database moves to a machine whose clock is a little behind. */
  | { do: 'set-clock-back'; ms: number }
  | { do: 'ask'; agent: number; ticket: number | null; section: Section; skewMs: number }
  /** `back` is null for the confirmation that was given just now, if one was. */
  | { do: 'proceed'; process: number; back: number | null; forge: Forgery | null }
  /** A key of that agent, one of its two, touches gated data of a section; null: of none. */
  | { do: 'use-key'; process: number; agent: number; key: 1 | 2; section: Section | null }
  | { do: 'revoke-key'; process: number; agent: number; key: 1 | 2 }
  | { do: 'grant'; process: number; wallet: number | null; quantity: number; lifeMs: number | null }
  | { do: 'purchase'; process: number; wallet: number | null; quantity: number; told: Told }
  /** A part of an order's total, in thousandths, under one of a few references. */
  | { do: 'pay'; process: number; order: number; reference: number; permille: number }
  | { do: 'withdraw'; process: number; order: number; reference: number }
  | { do: 'cancel-order'; process: number; order: number }
  /** A part of an invoice's total, in thousandths; null: all that is left. */
  | { do: 'credit'; process: number; invoice: number; permille: number | null }
  | { do: 'set-terms'; set: TermsSet }
  | { do: 'reverse'; process: number; back: number }
  | {
      do: 'set-wallet';
      process: number;
      wallet: number;
      set: Omit<UpdateWallet, Named | 'walletId'>;
    }
  | {
      do: 'change-agent';
      process: number;
      agent: number;
      set: Omit<ChangeAgent, Named | 'agentId'>;
    }
  | { do: 'expire'; process: number }
  | { do: 'advance'; process: number; byMs: number | null; toMs: number | null }
  /** An earlier command once more, from another request: with the same key, at times other input. */
  | { do: 'again'; process: number; back: number; isOther: boolean }
  | { do: 'commit'; process: number; size: number; fault: Fault }
  /** The process dies: its queue is lost, and nobody knows whether its batch was committed. */
  | { do: 'kill'; process: number }
  | { do: 'activate'; agent: number }
  /** A webhook endpoint that receives the journal from its first entry, or from its present end. */
  | { do: 'add-endpoint'; fromFirst: boolean; kinds: readonly string[] }
  /** A turn of deliveries: what becomes of each try, and how many are written together. */
  | { do: 'deliver'; endpoint: number; fates: readonly Fate[]; writesOf: number }
  | { do: 'act-on-endpoint'; endpoint: number; act: EndpointAct }
  | { do: 'move-ticket'; ticket: number; client: number | null }
  | { do: 'set-price'; price: Price };

/** What the operator may set: the terms, the tax, and whether the buyer's address is there. */
export type TermsSet = Partial<AccountTerms> & Partial<Pick<Selling, 'hasBuyer' | 'basisPoints'>>;

/** What one may wait for: also the end of the last confirmation, of a price, or of a regret. */
export type Turn =
  'midnight' | 'clock change' | 'due' | 'item' | 'confirmation' | 'price' | 'too late to reverse';
type Named = 'kind' | 'id' | 'actor';
/** Something about a confirmation that the gate did not say. */
export type Forgery =
  'wallet' | 'no such wallet' | 'zone' | 'price' | 'words' | 'emergency' | 'agent';
/** The total that a buyer was shown: none, the right one, or another. */
export type Told = 'nothing' | 'the truth' | 'less';
/** What becomes of a try; `overtaken`: another process takes the endpoint while its answer is awaited. */
export type Fate =
  'delivered' | 'refused' | 'late' | 'killed' | 'killed after it' | 'overtaken' | 'gone';
/** What an admin does to an endpoint. A replay begins so many entries before its place. */
export type EndpointAct =
  | { is: 'paused' | 'resumed' | 'skipped' }
  | { is: 'replayed'; back: number; length: number; isSingle: boolean };
export type Fault = 'none' | 'lost before its commit' | 'answer lost';
