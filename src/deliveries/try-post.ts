import { callOutside, type OutboundRules } from '../core/outbound';
import { storable } from '../core/texts';
import { readRetryAfter, type TryResult } from './try.rules';

export interface PostOptions {
  rules: OutboundRules;
  /** The database's clock. */
  nowMs: () => number;
  /** Ends the try, e.g. because the process stops. */
  signal?: AbortSignal;
  timeoutMs: number;
}

const answerBytesMax = 500;
const errorLengthMax = 300;

/**
 * Posts JSON once to a server that is not ours: no redirects, the answer bounded in bytes and in
 * time. Never rejects: every failure is a result.
 */
export async function tryPost(
  { url, headers = {}, body }: { url: string; headers?: Record<string, string>; body: string },
  { rules, nowMs, signal, timeoutMs }: PostOptions,
): Promise<TryResult> {
  const startedAt = performance.now();
  const passed = () => Math.round(performance.now() - startedAt);
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const answered = await callOutside(url, {
      ...rules,
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(body)),
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
