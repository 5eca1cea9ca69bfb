import { useSyncExternalStore } from 'react';
import { sessions, type Session } from './session';

/** The session of this tab; null if nobody is signed in. */
export function useSession(): Session | null {
  return useSyncExternalStore(sessions.watch, () => sessions.current);
}
