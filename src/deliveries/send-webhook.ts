import { callOutside, type OutboundRules } from '../core/outbound';
import { storable } from '../core/texts';
import { signWebhook } from './sign-webhook';
import { readRetryAfter, type TryResult } from './try.rules';

/** One message to an endpoint. */
export interface WebhookMessage {
  url: string;
  /** The same for each try and replay, so that a receiver recognises it. */
  id: string;
  body: string;
  secrets: readonly string[];
  isReplay: boolean;
}

export interface SendOptions {
  rules: OutboundRules;
  /** The database's clock. */
  nowMs: () => number;
  /** Ends the try, e.g. because the process stops. */
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** Receivers answer first and work later: the usual bound of senders. */
const defaultTimeoutMs = 15_000;
const answerBytesMax = 500;
const errorLengthMax = 300;

/** Sends a message once. Never rejects: every failure is a result. */
export async function sendWebhook(
  { url, id, body, secrets, isReplay }: WebhookMessage,
  { rules, nowMs, signal, timeoutMs = defaultTimeoutMs }: SendOptions,
): Promise<TryResult> {
  const startedAt = performance.now();
  const passed = () => Math.round(performance.now() - startedAt);
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const answered = await callOutside(url, {
      ...rules,
      method: 'POST',
      headers: {
        ...signWebhook({ id, timestamp: Math.floor(nowMs() / 1_000), body }, secrets),
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(body)),
        ...(isReplay ? { 'webhook-replay': 'true' } : {}),
      },
      body,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      bytesMax: answerBytesMax,
      ifLonger: 'CUT',
    });
    return {
      status: answered.status,
      error: null,
      answer: storable(answered.body.toString('utf8')) || null,
      retryAfterMs: readRetryAfter(answered.headers['retry-after'], nowMs()),
      milliseconds: passed(),
    };
  } catch (error) {
    const text = limit.aborted
      ? `no answer within ${timeoutMs / 1_000} seconds`
      : error instanceof Error
        ? error.message
        : 'the request failed';
    const reason = storable(text).slice(0, errorLengthMax);
    const none = { status: null, answer: null, retryAfterMs: null };
    return { ...none, error: reason || 'the request failed', milliseconds: passed() };
  }
}
