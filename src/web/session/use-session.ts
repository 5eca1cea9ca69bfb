import { useSyncExternalStore } from 'react';
import { sessions, type Session } from './session';

/** Who is signed in in this tab; null: nobody. */
export function useSession(): Session | null {
  return useSyncExternalStore(sessions.watch, () => sessions.current);
}
