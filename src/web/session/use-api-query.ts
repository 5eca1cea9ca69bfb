import {
  keepPreviousData,
  useQuery,
  useQueryClient,
  type QueryClient,
  type QueryFunction,
  type QueryKey,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Document } from '../api/document';
import { Fault } from '../api/fault';
import { request } from '../api/request';
import { sessions } from './session';

/** Sends an operation with this tab's sign-in. Rejects with a Fault. */
export async function ask<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const { current } = sessions;
  if (!current) throw new Fault('UNAUTHENTICATED');
  try {
    return await request(document, variables, { bearer: current.bearer, signal });
  } catch (error) {
    // Only the sign-in that it was asked with: another may have begun meanwhile.
    const isRefused = error instanceof Fault && error.code === 'UNAUTHENTICATED';
    if (isRefused && sessions.current === current) sessions.end('ENDED');
    throw error;
  }
}

/** The name of a read, to invalidate its answers: `invalidateQueries({ queryKey: [name] })`. */
export function nameOf(document: Document<unknown, never>): string {
  return /\bquery\s+(\w+)/.exec(document.toString())?.[1] ?? document.toString();
}

/** What a page reads, and the name under which its answer is kept. */
export interface Read<Result = unknown> {
  queryKey: QueryKey;
  queryFn: QueryFunction<Result>;
}

/** A read of the API, as `useApiQuery` makes it. */
export function readOf<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
): Read<Result> {
  return {
    queryKey: [nameOf(document), variables],
    queryFn: ({ signal }: { signal: AbortSignal }) => ask(document, variables, signal),
  };
}

/** Asks for what a page will read. */
export type AskEarly = (read: Read) => void;

export function useAskEarly(): AskEarly {
  const queries = useQueryClient();
  return useCallback((read) => askEarly(queries, read), [queries]);
}

/** Asks while the page is being drawn, not afterwards: the service works while the page draws itself. */
export function askEarly(queries: QueryClient, read: Read): void {
  const known = queries.getQueryState(read.queryKey);
  // Not yet asked; a heading that waits for the same answer may have made its place.
  const isNew = !known || (known.status === 'pending' && known.fetchStatus === 'idle');
  if (isNew) void queries.prefetchQuery(read);
}

/**
 * Reads, and shows the former answer while the next one loads. `everyMs`: reads again at this interval, for
 * what no stream reports. `isHeld`: the answer stays as it is until it is invalidated, so that nothing
 * moves while a person reads it.
 */
export function useApiQuery<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
  {
    enabled = true,
    everyMs,
    isHeld = false,
  }: { enabled?: boolean; everyMs?: number; isHeld?: boolean } = {},
): UseQueryResult<Result, Fault> {
  const queries = useQueryClient();
  const read = readOf(document, variables);
  if (enabled) askEarly(queries, read);
  return useQuery<Result, Fault>({
    ...read,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: everyMs,
    ...(isHeld && { staleTime: Infinity, refetchOnWindowFocus: false }),
  });
}
