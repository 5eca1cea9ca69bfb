import type { AccessPartsFragment } from '../generated/gate';
import type { Heard } from './clock';

export type Confirmation = NonNullable<
  Extract<AccessPartsFragment, { __typename: 'DayPassRequired' }>['confirmation']
>;

/** Why the pop-up is asking once more, or what went wrong: words of ours, or the service's. */
export type Remark = 'STALE' | 'EXPIRED' | 'CHANGED' | 'LATER' | 'ENDED' | { said: string };

export interface GrantedState {
  kind: 'granted';
  basis: 'FULL_TIME' | 'DAY_PASS';
  /** Null for a full-time agent. */
  until: string | null;
  dayPassId: string | null;
  /** `until` as the agent's clocks show it; null for a full-time agent. */
  untilLocal: string | null;
  heard: Heard;
}

export interface RequiredState {
  kind: 'required';
  /** Null in the last seconds of a day, in which no pass is sold. */
  confirmation: Confirmation | null;
  walletId: string;
  ticketNumber: number | null;
  /** Passes in the wallet now, as far as was heard. */
  balance: number | null;
  remark: Remark | null;
  /** Whether the agent said "Not now". */
  isDeclined: boolean;
}

/** What the gate knows of the agent's access. */
export type GateState =
  | { kind: 'asking' }
  | GrantedState
  | RequiredState
  | { kind: 'denied'; reason: string; message: string }
  | { kind: 'signed-out' }
  | { kind: 'misasked' };
