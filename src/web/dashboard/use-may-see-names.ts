import { useViewer } from '../session/viewer';

/**
 * Whether the names of buyers may be read. Orders and purchases need no day pass, but names do: an
 * occasional admin, who may have none now, sees them without names.
 */
export function useMaySeeNames(): boolean {
  return useViewer().agent?.type === 'FULL_TIME';
}
