import { parseNodeId } from '../../api/node';
import { isReachable } from '../../core/outbound';
import { sendWebhook } from '../../deliveries/send-webhook';
import { isSuccess } from '../../deliveries/try.rules';
import type { Partner } from './ask';
import { followEvents, presentCursor, sleep, type PartnerEvent } from './follow-events';
import { newSecret, readState, writeState, type ListenState } from './listen-state';

export interface ListenOptions {
  forward: string;
  /** Keeps the place and the secret between runs. */
  stateFile: string | null;
  /** Kinds of events; empty: all. */
  kinds: readonly string[];
  signal: AbortSignal;
  print: (line: string) => void;
}

/** The receiver is on the developer's machine: it is back within seconds. */
const pausesMs = [500, 1_000, 2_000, 5_000, 10_000];
const anywhere = { privateAddresses: true, plainHttp: true };

/**
 * Forwards the events of the journal to a receiver that the service cannot reach, signed and in order
 * as a webhook endpoint receives them. An event that the receiver refuses is sent until it is accepted.
 */
export async function listen(partner: Partner, options: ListenOptions): Promise<void> {
  const { forward, stateFile, kinds, signal, print } = options;
  if (!isReachable(forward, anywhere)) {
    throw new Error('--forward must be an http or https URL without credentials.');
  }
  const state: ListenState = (stateFile ? readState(stateFile) : null) ?? {
    cursor: await presentCursor(partner),
    secret: newSecret(),
  };
  const keep = (cursor: string) => {
    state.cursor = cursor;
    if (stateFile) writeState(stateFile, state);
  };
  keep(state.cursor);
  print(`Forwarding events to ${forward}. The secret is ${state.secret}`);
  const follow = {
    after: state.cursor,
    signal,
    onPause: (reason: string, ms: number) => print(`Not connected (${reason}); again in ${ms} ms.`),
  };
  for await (const event of followEvents(partner, follow)) {
    const isWanted = kinds.length === 0 || kinds.includes(event.kind);
    if (isWanted && !(await forwardEvent(event, state.secret, options))) return;
    keep(event.cursor);
  }
}

/** Sends an event until it is accepted. Returns whether it was: not if the signal came first. */
async function forwardEvent(
  { id, kind, sequence, webhookBody: body }: PartnerEvent,
  secret: string,
  { forward: url, signal, print }: ListenOptions,
): Promise<boolean> {
  const message = {
    url,
    id: `evt_${parseNodeId(id).id}`,
    body,
    secrets: [secret],
    isReplay: false,
  };
  for (let tries = 0; !signal.aborted; tries += 1) {
    const { status, error, milliseconds } = await sendWebhook(message, {
      rules: anywhere,
      nowMs: () => Date.now(),
      signal,
    });
    print(`#${sequence} ${kind}: ${status ?? error} in ${milliseconds} ms`);
    if (isSuccess(status)) return true;
    await sleep(pausesMs[Math.min(tries, pausesMs.length - 1)]!, signal);
  }
  return false;
}
