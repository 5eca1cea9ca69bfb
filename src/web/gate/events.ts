import type { PortalAccessBasis, PortalAccessDenialReason } from '../generated/gate';
import type { Question } from './question';

/** The agent is in: `day-pass-granted`. */
export interface DayPassGranted extends Question {
  basis: PortalAccessBasis;
  /** When access ends, ISO 8601; null for a full-time agent. */
  until: string | null;
  dayPassId: string | null;
}

/** What was granted has ended: `day-pass-expired`. */
export interface DayPassExpired extends Question {
  until: string | null;
  dayPassId: string | null;
  /** Whether it ended before its time: taken back, deactivated, converted, signed out. */
  endedEarly: boolean;
}

/** The agent is not let in, or does not want to: `day-pass-denied`. */
export interface DayPassDenied extends Question {
  reason:
    | PortalAccessDenialReason
    /** "Not now", or Escape. */
    | 'NOT_NOW'
    /** The credentials are not valid any more. */
    | 'UNAUTHENTICATED'
    /** The page asks in a way that the service does not understand. */
    | 'BAD_REQUEST';
  /** In the language of the pop-up. */
  message: string;
}

export interface GateEvents {
  'day-pass-granted': DayPassGranted;
  'day-pass-expired': DayPassExpired;
  'day-pass-denied': DayPassDenied;
}

/** Tells the page something. */
export type Tell = <Name extends keyof GateEvents>(
  name: Name,
  detail: Omit<GateEvents[Name], keyof Question>,
) => void;
