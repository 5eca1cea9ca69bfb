import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Document } from '../api/document';
import type { Fault } from '../api/fault';
import { useAct } from './use-api-query';

/** Why the service said no, of the input's field that it names. */
export interface Refusal {
  code: string;
  message: string;
  field?: readonly string[] | null;
}

/** What a form or a dialog sends, and what came of it. */
export interface Submission<Variables> {
  send: (variables: Variables) => void;
  isBusy: boolean;
  fault: Fault | null;
  refusals: readonly Refusal[];
  /** For a dialog that opens again: nothing has gone wrong yet. */
  forget: () => void;
}

/**
 * One act of a form or a dialog, sent once at a time whatever the clicks. `of` finds its payload, `done`
 * hears of it where nothing was refused. Whatever the page shows is read anew after it.
 */
export function useSubmission<Result, Variables, Payload extends { userErrors: Refusal[] }>(
  document: Document<Result, Variables>,
  {
    of,
    done,
  }: { of: (result: Result) => Payload | null | undefined; done?: (payload: Payload) => void },
): Submission<Variables> {
  const { mutateAsync, data, error, isPending, reset } = useAct(document);
  const queries = useQueryClient();
  const isSending = useRef(false);
  return {
    send(variables) {
      // A second click may come before the first one is drawn.
      if (isSending.current) return;
      isSending.current = true;
      mutateAsync(variables)
        .then((result) => {
          const payload = of(result);
          if (payload?.userErrors.length === 0) done?.(payload);
        })
        // `error` says it.
        .catch(() => {})
        .finally(() => {
          isSending.current = false;
          void queries.invalidateQueries();
        });
    },
    isBusy: isPending,
    fault: error,
    refusals: (data && of(data)?.userErrors) ?? [],
    forget: reset,
  };
}
