import type { RefusalCode } from '../core/domain-error';
import type { Attribution } from '../db/audit-trail';
import type { KeyedInput } from './books/key-digest.rules';
import type {
  AccountTerms,
  Actor,
  Agent,
  AgentStatus,
  AgentType,
  ApiKey,
  Consumption,
  Money,
  NamedAgent,
  RunningPass,
  Wallet,
} from './model/ledger';

/** An admin's act: whose it was, for the audit trail; left out where nobody asked for it. */
export interface Audited {
  audit?: Attribution;
}

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
  /** The service key whose portal session the agent is in; null for a sign-in of its own. */
  sessionKeyId: string | null;
  /** Whether the notice that would be shown now differs from the one that was. */
  noticeDiffers: boolean;
}

/**
 * A key of an occasional agent touches gated data: one pass leaves the account's own wallet, unless
 * one runs. Nobody is asked, so nothing is confirmed and no consent is kept.
 */
export interface ConsumeByKey {
  kind: 'consume-by-key';
  id: string;
  agentId: string;
  apiKeyId: string;
  /** The section of what is touched; null where it is of none. */
  section: string | null;
  /** Stands where a confirmation's id would: made before the first run, so that a run again is seen. */
  confirmationId: string;
}

/** Passes come in without a purchase: the admin's courtesy, or a migration from elsewhere. */
export interface Grant extends Audited {
  kind: 'grant';
  id: string;
  actor: Actor | null;
  /** Null: the account's own wallet. */
  walletId: string | null;
  quantity: number;
  reason: string;
  expiresAtMs: number | null;
  key: string;
  keyInput: KeyedInput;
}

/** Passes are bought, at the list price. */
export interface Purchase extends Audited {
  kind: 'purchase';
  id: string;
  actor: Actor | null;
  /** Null: the account's own wallet. */
  walletId: string | null;
  quantity: number;
  /** The net total that was shown, a decimal; null: whatever it is. */
  expectedTotal: string | null;
  key: string;
  keyInput: KeyedInput;
}

/** An admin takes a consumption back: the agent is out, the pass is in its lot again. */
export interface Reverse extends Audited {
  kind: 'reverse';
  id: string;
  actor: Actor | null;
  consumptionId: string;
  reason: string;
}

/** An admin sets a wallet. What is left out stays. */
export interface UpdateWallet extends Audited {
  kind: 'update-wallet';
  id: string;
  walletId: string;
  name?: string;
  /** Null: no alert. */
  lowBalanceThreshold?: number | null;
  emergencyAllowance?: number;
  frozen?: boolean;
}

/** The operator sets the account's terms, closes it or opens it again. What is left out stays. */
export interface ChangeAccount extends Audited {
  kind: 'change-account';
  id: string;
  plan?: string;
  billingMode?: AccountTerms['billingMode'];
  emergencyCeiling?: number;
  isClosed?: boolean;
}

/** An admin changes an agent's access. What is left out stays. */
export interface ChangeAgent extends Audited {
  kind: 'change-agent';
  id: string;
  actor: Actor | null;
  agentId: string;
  name?: string;
  /** In its canonical form, with the link that an agent who is still invited gets there. */
  email?: { address: string; invitationId: string; tokenHash: string };
  timeZone?: string;
  role?: Agent['role'];
  sections?: readonly string[];
  type?: AgentType;
  status?: Exclude<AgentStatus, 'INVITED'>;
}

/** An admin deletes an agent who is still invited. */
export interface DeleteAgent extends Audited {
  kind: 'delete-agent';
  id: string;
  actor: Actor | null;
  agentId: string;
  /** Whether a ticket, a pass, a key or an entry names the agent. */
  isNamed: boolean;
}

/** An admin ends a key. Once it is ended, `decide` takes no pass by it. */
export interface RevokeKey extends Audited {
  kind: 'revoke-key';
  id: string;
  apiKeyId: string;
  /** The instant to record, by the database's clock. */
  atMs: number;
}

/** An admin invites someone, or sends a new link to someone who has not activated yet. */
export interface InviteAgent extends Audited {
  kind: 'invite-agent';
  id: string;
  actor: Actor | null;
  /** The new agent's, where the address is nobody's yet. */
  agentId: string;
  invitationId: string;
  tokenHash: string;
  /** In lower case. */
  email: string;
  name: string;
  type: AgentType;
  role: Agent['role'];
  timeZone: string;
  sections: readonly string[];
}

/** Whoever holds an invitation's token makes its agent active. */
export interface ActivateAgent extends Audited {
  kind: 'activate-agent';
  id: string;
  invitationId: string;
  tokenHash: string;
}

/**
 * A sandbox's clock moves to the next instant at which something falls due, or to its target if
 * nothing does before. Exactly one of `byMs` and `toMs` is given; `byMs` becomes an absolute `toMs`
 * in the first run that holds the lock.
 */
export interface AdvanceClock extends Audited {
  kind: 'advance-clock';
  id: string;
  byMs: number | null;
  toMs: number | null;
  /** Whether an earlier step or run of the same move was permitted. */
  isUnderWay: boolean;
}

/** Ends what is due: passes and lots, oldest first, a bounded number at a time. */
export interface Expire {
  kind: 'expire';
  id: string;
}

export type Command =
  | Consume
  | ConsumeByKey
  | Grant
  | Purchase
  | Reverse
  | UpdateWallet
  | ChangeAccount
  | ChangeAgent
  | DeleteAgent
  | RevokeKey
  | InviteAgent
  | ActivateAgent
  | AdvanceClock
  | Expire;

export interface Results {
  consume: { consumption: Consumption; wallet: Wallet };
  /** `taken` is null where none was needed: a pass runs, or the agent is full-time now. */
  'consume-by-key': { taken: Consumption | null };
  grant: { wallet: Wallet };
  purchase: { purchaseId: string; wallet: Wallet };
  reverse: { consumption: Consumption; wallet: Wallet };
  'update-wallet': { wallet: Wallet };
  'change-account': { account: AccountTerms };
  'change-agent': { agent: NamedAgent; runningPass: RunningPass | null };
  'delete-agent': { agentId: string };
  'revoke-key': { apiKey: ApiKey };
  /** `sendsMail`: whether the account sends mails, this one in its turn. */
  'invite-agent': { agentId: string; sendsMail: boolean };
  'activate-agent': { agentId: string };
  /** `isThere`: the clock stands at `toMs`, and nothing that was due by then is left. */
  'advance-clock': { toMs: number; isThere: boolean };
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
