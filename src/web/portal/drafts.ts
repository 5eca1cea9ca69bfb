/** A reply that is not written yet, kept in this browser for its author and its ticket. */
export interface Draft {
  text: string;
  /** Its idempotency key, once it was sent and nobody knows what became of it. */
  key: string | null;
}

const prefix = 'daypass.draft ';
/** As long as somebody may come back to one: longer than a weekend, shorter than a holiday. */
const keptForMs = 7 * 86_400_000;

/** Whose draft, on what. */
export interface DraftPlace {
  agentId: string;
  ticketId: string;
}

export function readDraft(place: DraftPlace): Draft {
  const kept = stored((storage) => storage.getItem(nameOf(place)));
  return (kept && parse(kept)) || { text: '', key: null };
}

export function keepDraft(place: DraftPlace, { text, key }: Draft): void {
  stored((storage) => {
    if (text || key) {
      storage.setItem(nameOf(place), JSON.stringify({ text, key, keptAt: Date.now() }));
    } else {
      storage.removeItem(nameOf(place));
    }
  });
}

/** Drafts to which nobody came back. */
export function forgetOldDrafts(): void {
  stored((storage) => {
    for (const name of Object.keys(storage)) {
      if (name.startsWith(prefix) && !parse(storage.getItem(name) ?? '')) storage.removeItem(name);
    }
  });
}

function nameOf({ agentId, ticketId }: DraftPlace): string {
  return `${prefix}${agentId} ${ticketId}`;
}

function parse(kept: string): Draft | null {
  try {
    const { text, key, keptAt } = JSON.parse(kept) as Draft & { keptAt: number };
    const isOld = !(Date.now() - keptAt < keptForMs);
    return typeof text !== 'string' || isOld ? null : { text, key: key ?? null };
  } catch {
    return null;
  }
}

/** A browser that keeps nothing for a page, or has no room, loses drafts with the page. */
function stored<Value>(act: (storage: Storage) => Value): Value | null {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}
