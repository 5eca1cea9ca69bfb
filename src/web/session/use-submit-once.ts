import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Document } from '../api/document';
import { Fault } from '../api/fault';
import { request } from '../api/request';
import { keep, readKept, type Keeping } from './kept';
import { randomText } from './random-text';
import { ask, nameOf } from './use-api-query';

/** Why the service refused, and the input field that the refusal is about. */
export interface Refusal {
  code: string;
  message: string;
  field?: readonly string[] | null;
}

/** A mutation of a form, a dialog or a button, and its state. */
export interface Submission<Given> {
  /** Sends. While an earlier call is on its way, it does nothing: a double click sends once. */
  send: (given: Given) => void;
  /** What is on its way now. */
  sending: Given | null;
  isBusy: boolean;
  /** What was sent and got no answer. To send it again is safe: the idempotency key is the same. */
  unanswered: Given | null;
  /** Why there is no answer, or why the whole request was refused. */
  fault: Fault | null;
  /** The `userErrors` of the last answer. */
  refusals: readonly Refusal[];
  /** Back to the beginning, for a dialog that opens again. An unanswered request is given up. */
  reset: () => void;
}

/** Keeps an unanswered request over a reload. */
export interface PersistAs extends Keeping {
  /** Up to this age, a reload sends it again automatically; an older one waits for a click. */
  resumesForMs?: number;
}

interface Options<Result, Variables, Payload, Given> {
  /** The mutation's payload. */
  of: (result: Result) => Payload | null | undefined;
  /** The variables, if they are more than what `send` gets, such as an idempotency key. */
  variables?: (given: Given, idempotencyKey: string) => Variables;
  /** The service has done it. */
  done?: (payload: Payload, given: Given) => void;
  /** The service has refused it. */
  refused?: (refusal: Refusal | Fault, given: Given) => void;
  /** The reads that are out of date after it: everything, unless the page holds a list still. */
  outdates?: 'everything' | readonly Document<unknown, never>[];
  persistAs?: PersistAs;
  /** Sent without a sign-in, such as the activation of an account. */
  isAnonymous?: boolean;
}

/** A request, from its first sending to its answer. */
interface Sent<Given> {
  key: string;
  given: Given;
  sentAt: number;
  /** An earlier try got no answer: the service may have done it, whatever a later try is refused for. */
  isUnsure?: boolean;
}

/**
 * Sends a mutation so that it happens once, whatever goes wrong on the way:
 *
 * - a second click while the first request is on its way sends nothing;
 * - each request has an idempotency key, which is kept until the service has answered. If the answer is
 *   lost, the request stays `unanswered`, and the next `send` uses the same key. If that one fails as a
 *   whole, for example because of a permission or a day pass, the first try's result is still unknown;
 * - with `persistAs`, the request and its key outlive a reload, which sends it again or waits for a click;
 * - the mutation's payload, whether done or refused, ends the request, as does a fault at the first try.
 *   The next `send` has a new key.
 *
 * A mutation whose input has no idempotency key must be safe to repeat.
 */
export function useSubmitOnce<
  Result,
  Variables,
  Payload extends { userErrors: readonly Refusal[] },
  Given = Variables,
>(
  document: Document<Result, Variables>,
  options: Options<Result, Variables, Payload, Given>,
): Submission<Given> {
  const { persistAs } = options;
  const queries = useQueryClient();
  // A former page has kept it, so that page did not get its answer.
  const [kept] = useState(() => {
    const former = persistAs ? readKept<Sent<Given>>(persistAs) : null;
    return former && { ...former, isUnsure: true };
  });
  const sent = useRef<Sent<Given> | null>(kept);
  // Not the state: a second click may come before the next render.
  const isUnderWay = useRef(false);
  const [state, setState] = useState<State<Given>>(() => {
    if (!kept) return idle;
    const { given } = kept;
    return resumes(kept, persistAs) ? { ...idle, sending: given } : { ...idle, unanswered: given };
  });
  const newest = useRef(options);
  useEffect(() => {
    newest.current = options;
  });

  const finish = async (next: Sent<Given>) => {
    isUnderWay.current = true;
    const { given, key } = next;
    const { of, variables, done, refused, outdates = 'everything', isAnonymous } = newest.current;
    let payload: Payload | null | undefined;
    let fault: Fault | null = null;
    try {
      const input = variables ? variables(given, key) : (given as unknown as Variables);
      const send = isAnonymous ? request : ask;
      payload = of(await send(document, input));
    } catch (error) {
      fault = error instanceof Fault ? error : new Fault('NO_ANSWER');
    }
    isUnderWay.current = false;
    if (fault && (next.isUnsure || isUnknown(fault))) {
      sent.current = { ...next, isUnsure: true };
      setState({ ...idle, unanswered: given, fault });
    } else {
      sent.current = null;
      if (persistAs) keep(persistAs, null);
      const refusals = payload?.userErrors ?? [];
      setState({ ...idle, fault, refusals });
      const refusal = fault ?? refusals[0];
      if (refusal) refused?.(refusal, given);
      else if (payload) done?.(payload, given);
    }
    markOutdated(queries, outdates);
  };

  const resume = useRef(finish);
  useEffect(() => {
    if (kept && resumes(kept, persistAs) && !isUnderWay.current) void resume.current(kept);
    // Once, for what a former page has kept.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return {
    ...state,
    isBusy: state.sending !== null,
    send(given) {
      if (isUnderWay.current) return;
      const { key = randomText(), sentAt = Date.now(), isUnsure } = sent.current ?? {};
      sent.current = { key, given, sentAt, isUnsure };
      if (persistAs) keep(persistAs, sent.current);
      setState({ ...idle, sending: given });
      void finish(sent.current);
    },
    reset() {
      if (isUnderWay.current) return;
      sent.current = null;
      if (persistAs) keep(persistAs, null);
      setState(idle);
    },
  };
}

type State<Given> = Pick<Submission<Given>, 'sending' | 'unanswered' | 'fault' | 'refusals'>;

const idle = { sending: null, unanswered: null, fault: null, refusals: [] };

/** Nobody knows whether the service has done it. */
function isUnknown(fault: Fault): boolean {
  return fault.isPassing || fault.code === 'UNAUTHENTICATED';
}

function resumes({ sentAt }: { sentAt: number }, { resumesForMs = 0 }: Partial<PersistAs> = {}) {
  return Math.abs(Date.now() - sentAt) < resumesForMs;
}

function markOutdated(
  queries: QueryClient,
  outdates: 'everything' | readonly Document<unknown, never>[],
): void {
  if (outdates === 'everything') return void queries.invalidateQueries();
  for (const document of outdates) {
    void queries.invalidateQueries({ queryKey: [nameOf(document as never)] });
  }
}
