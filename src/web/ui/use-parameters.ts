import { useSearchParams } from 'react-router';

/** A list's filter, kept in the address: a reload keeps it, and a link can be shared. */
export interface Parameters {
  get: (name: string) => string | null;
  /** One of the known values; null if the address has another value or none. */
  oneOf: <Value extends string>(name: string, values: readonly Value[]) => Value | null;
  /** Null or '' removes a parameter. */
  set: (changes: Record<string, string | null>) => void;
}

export function useParameters(): Parameters {
  const [given, give] = useSearchParams();
  return {
    get: (name) => given.get(name),
    oneOf: (name, values) => values.find((value) => value === given.get(name)) ?? null,
    set: (changes) =>
      give(
        (present) => {
          const next = new URLSearchParams(present);
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        // A search is not a new page in the history for each letter.
        { replace: true },
      ),
  };
}
