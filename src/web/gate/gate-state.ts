import type { AccessPartsFragment } from '../generated/gate';
import type { ClockReading } from './clock';

export type Confirmation = NonNullable<
  Extract<AccessPartsFragment, { __typename: 'DayPassRequired' }>['confirmation']
>;

/** Why the pop-up asks again, or what went wrong: the gate's own text, or the service's. */
export type Remark = 'STALE' | 'EXPIRED' | 'CHANGED' | 'LATER' | 'ENDED' | { said: string };

export interface GrantedState {
  kind: 'granted';
  basis: 'FULL_TIME' | 'DAY_PASS';
  /** Null for a full-time agent. */
  until: string | null;
  dayPassId: string | null;
  /** `until` as the agent's clocks show it, and their zone; null for a full-time agent. */
  there: { local: string; timeZone: string } | null;
  reading: ClockReading;
}

export interface RequiredState {
  kind: 'required';
  /** Null in the last seconds of a day, when no pass is sold. */
  confirmation: Confirmation | null;
  walletId: string;
  ticketNumber: number | null;
  /** The wallet's balance, as last received. */
  balance: number | null;
  remark: Remark | null;
  /** Whether the agent chose "Not now". */
  isDeclined: boolean;
}

/** The gate's knowledge of the agent's access. */
export type GateState =
  | { kind: 'asking' }
  | GrantedState
  | RequiredState
  | { kind: 'denied'; reason: string; message: string }
  | { kind: 'signed-out' }
  | { kind: 'misasked' };
