const storageKey = 'daypass.session';

/** Who is signed in, in this tab alone: two tabs can be an agent and an admin. */
export interface Session {
  bearer: string;
}

/** How the last session ended, for the sign-in page. */
export type Farewell = 'SIGNED_OUT' | 'ENDED';

let session: Session | null = read();
let farewell: Farewell | null = null;
const watchers = new Set<() => void>();

export const sessions = {
  get current(): Session | null {
    return session;
  },
  get farewell(): Farewell | null {
    return farewell;
  },
  watch(changed: () => void): () => void {
    watchers.add(changed);
    return () => watchers.delete(changed);
  },
  begin(bearer: string): void {
    become({ bearer }, null);
  },
  end(why: Farewell): void {
    if (session) become(null, why);
  },
};

function become(next: Session | null, why: Farewell | null): void {
  session = next;
  farewell = why;
  if (next) sessionStorage.setItem(storageKey, JSON.stringify(next));
  else sessionStorage.removeItem(storageKey);
  for (const changed of watchers) changed();
}

function read(): Session | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Session | null;
    return typeof kept?.bearer === 'string' ? kept : null;
  } catch {
    return null;
  }
}
