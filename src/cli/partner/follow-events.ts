import { ask, type Partner } from './ask';

/** An entry of the journal as partners receive it. */
export interface PartnerEvent {
  id: string;
  kind: string;
  sequence: number;
  cursor: string;
  occurredAt: string;
  delta: number;
  balance: number;
  /** The body that a webhook endpoint receives. */
  webhookBody: string;
}

const subscription = `subscription Follow($after: String) {
  dayPassEvents(after: $after) {
    id kind: __typename sequence cursor occurredAt delta balance webhookBody
  }
}`;

const pausesMs = { least: 500, most: 30_000 };
/** The service sends a comment at least every 10 minutes; its default is 12 s. */
const silentMaxMs = 60_000;

/**
 * The events after a cursor, in order, until the caller stops reading: over server-sent events, which
 * need no address of the reader's own. A lost connection is opened again, after the last event that
 * the caller has accepted. Throws an Error if the service refuses, or ends the stream for good.
 */
export async function* followEvents(
  partner: Partner,
  { after, signal, onPause }: FollowOptions,
): AsyncGenerator<PartnerEvent> {
  let place = after;
  let pauseMs = pausesMs.least;
  const isStopped = () => signal.aborted;
  while (!isStopped()) {
    try {
      for await (const event of readStream(partner, place, signal)) {
        yield event;
        place = event.cursor;
        pauseMs = pausesMs.least;
      }
    } catch (error) {
      if (error instanceof Refused) throw new Error(error.message, { cause: error });
      if (isStopped()) return;
      onPause(error instanceof Error ? error.message : String(error), pauseMs);
    }
    await sleep(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 2, pausesMs.most);
  }
}

export interface FollowOptions {
  after: string;
  signal: AbortSignal;
  onPause: (reason: string, ms: number) => void;
}

/** The present end of the journal. */
export async function presentCursor(partner: Partner): Promise<string> {
  const { account } = await ask<{ account: { journalCursor: string } }>(
    partner,
    '{ account { journalCursor } }',
  );
  return account.journalCursor;
}

/** The service has refused: asking again does not help. */
class Refused extends Error {}

/**
 * One connection, until it ends. The client of graphql-sse is not used: it reads ahead without a bound
 * while the reader is busy, and does not notice a connection that is silent.
 */
async function* readStream(
  { url, key }: Partner,
  after: string,
  signal: AbortSignal,
): AsyncGenerator<PartnerEvent> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silentMaxMs);
  try {
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ query: subscription, variables: { after } }),
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok || !response.body) throw await refusalOf(response);
    const text = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silentMaxMs);
      const parts = (rest + text.decode(chunk, { stream: true })).split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) {
        const event = readPart(part);
        if (event) yield event;
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Too many requests and faults of the server pass; other refusals do not. */
async function refusalOf(response: Response): Promise<Error> {
  const { errors = [] } = (await response.json().catch(() => ({}))) as {
    errors?: { message: string }[];
  };
  const message = errors[0]?.message ?? `The service answered with status ${response.status}.`;
  const passes = response.status === 429 || response.status >= 500;
  return passes ? new Error(message) : new Refused(message);
}

/** The event of a message; null for a comment or the id at the start. */
function readPart(part: string): PartnerEvent | null {
  const lines = part.split('\n');
  if (lines.includes('event: complete')) throw new Refused('The service has ended the stream.');
  const data = lines.flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : [])).join('');
  if (!data) return null;
  const { data: result, errors } = JSON.parse(data) as {
    data?: { dayPassEvents: PartnerEvent } | null;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  if (errors?.[0]) {
    const { message, extensions } = errors[0];
    const passes = ['SERVICE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'RATE_LIMITED'];
    throw passes.includes(extensions?.code ?? '') ? new Error(message) : new Refused(message);
  }
  return result?.dayPassEvents ?? null;
}

/** Ends early, without an error, if the signal is aborted. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
