import { signWebhook } from './sign-webhook';
import { tryPost, type PostOptions } from './try-post';
import type { TryResult } from './try.rules';

/** One message to an endpoint. */
export interface WebhookMessage {
  url: string;
  /** The same for each try and replay, so that a receiver recognises it. */
  id: string;
  body: string;
  secrets: readonly string[];
  isReplay: boolean;
}

export type SendOptions = Omit<PostOptions, 'timeoutMs'> & { timeoutMs?: number };

/** Receivers answer first and work later: the usual bound of senders. */
const defaultTimeoutMs = 15_000;

/** Sends a message once. Never rejects: every failure is a result. */
export function sendWebhook(
  { url, id, body, secrets, isReplay }: WebhookMessage,
  { timeoutMs = defaultTimeoutMs, ...options }: SendOptions,
): Promise<TryResult> {
  const timestamp = Math.floor(options.nowMs() / 1_000);
  const headers = {
    ...signWebhook({ id, timestamp, body }, secrets),
    ...(isReplay ? { 'webhook-replay': 'true' } : {}),
  };
  return tryPost({ url, headers, body }, { ...options, timeoutMs });
}
