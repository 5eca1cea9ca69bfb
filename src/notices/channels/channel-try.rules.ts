import { isSuccess, type TryResult } from '../../deliveries/try.rules';

const retryAfterMaxMs = 3_600_000;
/** Of the client's mistakes, those that another try may heal: a time-out, too early, too many. */
const mayHeal = new Set([408, 425, 429]);

/** What a try shows of a channel. */
export interface ChannelOutcome {
  isDelivered: boolean;
  /** From `Retry-After`: nothing is sent until then; null if it does not say so. */
  retryInMs: number | null;
}

export function outcomeOf({ status, retryAfterMs }: TryResult): ChannelOutcome {
  const isDelivered = isSuccess(status);
  const wished = !isDelivered && (status === 429 || (status ?? 0) >= 500) ? retryAfterMs : null;
  return { isDelivered, retryInMs: wished && Math.min(wished, retryAfterMaxMs) };
}

/**
 * Whether the same message may arrive at another try. Slack answers 400, 403, 404 or 410, and Teams 401
 * or 404, if the URL was revoked or its channel is gone.
 */
export function isWorthRetrying({ status }: Pick<TryResult, 'status'>): boolean {
  if (status === null || status >= 500) return true;
  return mayHeal.has(status);
}
