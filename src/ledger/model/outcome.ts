import type { RefusalCode } from '../../core/domain-error';

/**
 * The outcome of a command. `replayed`: an earlier request did it, and this is the answer of that
 * request.
 */
export type Outcome<Result = unknown> =
  { status: 'accepted'; result: Result } | { status: 'replayed'; result: Result } | Refused;

export interface Refused {
  status: 'refused';
  code: RefusalCode;
  message: string;
  field: readonly string[] | null;
}

export function refused(
  code: RefusalCode,
  message: string,
  field: readonly string[] | null = null,
): Refused {
  return { status: 'refused', code, message, field };
}
