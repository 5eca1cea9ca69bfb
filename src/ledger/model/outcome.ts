import type { RefusalCode } from '../../core/domain-error';

/** What came of a command. `replayed`: another request did it before, and this is that one's answer. */
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
