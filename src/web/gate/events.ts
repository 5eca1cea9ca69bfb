import type { PortalAccessBasis, PortalAccessDenialReason } from '../generated/gate';
import type { Question } from './question';

/** The agent has access: `day-pass-granted`. */
export interface DayPassGranted extends Question {
  basis: PortalAccessBasis;
  /** When access ends, ISO 8601; null for a full-time agent. */
  until: string | null;
  dayPassId: string | null;
}

/** The access has ended: `day-pass-expired`. */
export interface DayPassExpired extends Question {
  until: string | null;
  dayPassId: string | null;
  /** Whether it ended early: reversed, deactivated, converted, signed out. */
  endedEarly: boolean;
}

/** The agent has no access, or chose "Not now": `day-pass-denied`. */
export interface DayPassDenied extends Question {
  reason:
    | PortalAccessDenialReason
    /** "Not now", or Escape. */
    | 'NOT_NOW'
    /** The credentials are no longer valid. */
    | 'UNAUTHENTICATED'
    /** The page's question is not valid. */
    | 'BAD_REQUEST';
  /** In the language of the pop-up. */
  message: string;
}

export interface GateEvents {
  'day-pass-granted': DayPassGranted;
  'day-pass-expired': DayPassExpired;
  'day-pass-denied': DayPassDenied;
}

/** Dispatches an event to the page. */
export type Dispatch = <Name extends keyof GateEvents>(
  name: Name,
  detail: Omit<GateEvents[Name], keyof Question>,
) => void;
