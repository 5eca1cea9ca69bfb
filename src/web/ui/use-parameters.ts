import { useSearchParams } from 'react-router';

/** What a list is narrowed to, in the address: a reload keeps it, and a link can be sent. */
export interface Parameters {
  get: (name: string) => string | null;
  /** One of the values there are; null where the address says something else, or nothing. */
  oneOf: <Value extends string>(name: string, values: readonly Value[]) => Value | null;
  /** Null or '' takes a parameter out. */
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
        // Each letter of a search is no page of its own.
        { replace: true },
      ),
  };
}
