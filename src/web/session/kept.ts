/** Where and for how long a value outlives a reload of its page. */
export interface Keeping {
  /** What it is, and whose: 'reply <agent> <ticket>'. */
  name: string;
  /** `tab` ends with the tab; `browser` is shared by all tabs and outlives them. */
  in: 'tab' | 'browser';
  forMs: number;
}

const prefix = 'daypass.kept ';

/** Reads a kept value; null if nothing was kept, or if it is too old. */
export function readKept<Value>(keeping: Keeping): Value | null {
  return withStorage(keeping, (storage) => {
    const kept = parse(storage.getItem(prefix + keeping.name));
    return kept && (kept.value as Value);
  });
}

/** Keeps a value; null forgets it. */
export function keep(keeping: Keeping, value: unknown): void {
  withStorage(keeping, (storage) => {
    const name = prefix + keeping.name;
    if (value === null) return storage.removeItem(name);
    storage.setItem(name, JSON.stringify({ value, until: Date.now() + keeping.forMs }));
  });
}

/** Removes what is too old from the browser: nobody came back to it. */
export function forgetOldKept(): void {
  withStorage({ in: 'browser' }, (storage) => {
    for (const name of Object.keys(storage)) {
      if (name.startsWith(prefix) && !parse(storage.getItem(name))) storage.removeItem(name);
    }
  });
}

function parse(text: string | null): { value: unknown; until: number } | null {
  const kept = JSON.parse(text ?? 'null') as { value: unknown; until: number } | null;
  return kept && Date.now() < kept.until ? kept : null;
}

/** A browser that stores nothing for a page, or has no room, loses the value with the page. */
function withStorage<Result>(
  { in: place }: Pick<Keeping, 'in'>,
  act: (storage: Storage) => Result,
): Result | null {
  try {
    return act(place === 'tab' ? sessionStorage : localStorage);
  } catch {
    return null;
  }
}
