import { useSearchParams } from 'react-router';
import { useStable } from './use-stable';

/** A list's filter, kept in the address: a reload keeps it, and a link can be shared. */
export interface Parameters extends ReadParameters {
  /** Null or '' removes a parameter. The same function at each drawing. */
  set: (changes: Record<string, string | null>) => void;
}

interface ReadParameters {
  get: (name: string) => string | null;
  /** One of the known values; null if the address has another value or none. */
  oneOf: <Value extends string>(name: string, values: readonly Value[]) => Value | null;
}

export function readParameters(given: URLSearchParams): ReadParameters {
  return {
    get: (name) => given.get(name),
    oneOf: (name, values) => values.find((value) => value === given.get(name)) ?? null,
  };
}

export function useParameters(): Parameters {
  const [given, give] = useSearchParams();
  const change = changeParameters(give);
  return {
    ...readParameters(given),
    // A search is not a new page in the history for each letter.
    set: useStable((changes) => change(changes, { replace: true })),
  };
}

/**
 * Changes some parameters of the address and keeps the others. They are read from the address itself:
 * what the router hands out is of the last drawing, so the second of two quick changes would undo the
 * first.
 */
export function changeParameters(give: ReturnType<typeof useSearchParams>[1]) {
  return (
    changes: Record<string, string | null | undefined>,
    options?: { replace: boolean },
  ): void => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    give(next, options);
  };
}
