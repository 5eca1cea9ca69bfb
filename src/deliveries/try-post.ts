import type { Agent } from 'node:http';
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
  /** Of the turn that sends several messages; left out: a connection of its own. */
  connection?: Agent;
}

const answerBytesMax = 500;
const errorLengthMax = 300;
/** Why a try that took too long was given up. */
const late = Symbol('late');

/**
 * Posts JSON once to a server that is not ours: no redirects, the answer bounded in bytes and in
 * time. Never rejects: every failure is a result.
 */
export async function tryPost(
  { url, headers = {}, body }: { url: string; headers?: Record<string, string>; body: string },
  { rules, nowMs, signal, timeoutMs, connection }: PostOptions,
): Promise<TryResult> {
  const startedAt = performance.now();
  const passed = () => Math.round(performance.now() - startedAt);
  // Much cheaper than signals that are joined by AbortSignal.any.
  const end = new AbortController();
  const giveUp = () => end.abort();
  const limit = setTimeout(() => end.abort(late), timeoutMs);
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp);
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
      signal: end.signal,
      connection,
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
    const text =
      end.signal.reason === late
        ? `no answer within ${timeoutMs / 1_000} seconds`
        : error instanceof Error
          ? error.message
          : 'the request failed';
    const reason = storable(text).slice(0, errorLengthMax);
    const none = { status: null, answer: null, retryAfterMs: null };
    return { ...none, error: reason || 'the request failed', milliseconds: passed() };
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener('abort', giveUp);
  }
}
