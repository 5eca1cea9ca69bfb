import { DomainError } from '../../core/domain-error';

/** The most groups that an answer may have: more than anyone reads. */
export const topMax = 1_000;

/** Refuses a number of groups that is out of range, with BAD_USER_INPUT. */
export function checkTop(top: number | null): void {
  if (top !== null && (top < 1 || top > topMax)) {
    throw new DomainError('BAD_USER_INPUT', `\`top\` must be 1 to ${topMax}.`);
  }
}
