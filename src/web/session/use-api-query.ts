import {
  keepPreviousData,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Document } from '../api/document';
import { Fault } from '../api/fault';
import { request } from '../api/request';
import { sessions } from './session';

/** Asks as whoever is signed in in this tab. Rejects with a Fault. */
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

/** The name of a read, for whoever learns that its answer is old: `invalidateQueries({ queryKey: [name] })`. */
export function nameOf(document: Document<unknown, never>): string {
  return /\bquery\s+(\w+)/.exec(document.toString())?.[1] ?? document.toString();
}

/**
 * Reads, and keeps what was read while something else is being read in its place. `everyMs`: again now
 * and then, for what no stream tells of. `isHeld`: it stays as it was read until somebody says that it
 * is old, so that nothing moves under a reader's eyes.
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
  return useQuery<Result, Fault>({
    queryKey: [nameOf(document as never), variables],
    queryFn: ({ signal }) => ask(document, variables, signal),
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: everyMs,
    ...(isHeld && { staleTime: Infinity, refetchOnWindowFocus: false }),
  });
}

/** Does. Whoever uses it looks at `userErrors` of the answer, which are no faults. */
export function useAct<Result, Variables>(
  document: Document<Result, Variables>,
): UseMutationResult<Result, Fault, Variables> {
  return useMutation<Result, Fault, Variables>({
    mutationFn: (variables) => ask(document, variables),
  });
}
