import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { runningMs, type Heard } from '../gate/clock';
import { AdminWatchesClockDocument, AgentWatchesClockDocument } from '../generated/app';
import { clockKey, useAccountClock } from '../session/use-account-now';
import { useLive } from '../session/use-live';
import { isAdmin, useViewer } from '../session/viewer';

/** A smaller difference is the network's delay, not a move. */
const jumpMs = 3_000;

/**
 * Notices that somebody else moved the clock: everything on the page is then out of date. Streams report
 * the passes that end by it; a move that ends nothing shows when the clock is read again.
 */
export function useMovedElsewhere(isMovingHere: boolean, moved: () => void): void {
  const queries = useQueryClient();
  const viewer = useViewer();
  const heard = useAccountClock().data ?? null;
  const before = useRef<Heard | null>(null);
  const newest = useRef(moved);
  useEffect(() => {
    newest.current = moved;
  });
  useEffect(() => {
    const jumped = heard && before.current && isJump(heard.serviceMs, before.current, heard);
    before.current = heard;
    if (!jumped || isMovingHere) return;
    void queries.invalidateQueries();
    newest.current();
  }, [heard, isMovingHere, queries]);

  const receive = (iso: string) => {
    if (heard && isJump(Date.parse(iso), heard, { heardAtMs: runningMs() })) {
      void queries.invalidateQueries({ queryKey: clockKey });
    }
  };
  const { agent } = viewer;
  const receivesAll = isAdmin(viewer) && agent?.type === 'FULL_TIME';
  // A section that the agent may use: for any other, the gate's answer never changes.
  const section = agent?.sections[0] ?? 'TICKETS';
  useLive(AdminWatchesClockDocument, receivesAll ? {} : null, {
    next: ({ dayPassEvents }) => receive(dayPassEvents.occurredAt),
  });
  useLive(AgentWatchesClockDocument, agent && !receivesAll ? { section } : null, {
    next: ({ portalAccessChanged }) => receive(portalAccessChanged.now),
  });
}

/** Whether an instant is later than a clock that was not moved could show. */
function isJump(ms: number, before: Heard, { heardAtMs }: { heardAtMs: number }): boolean {
  return ms - before.serviceMs - (heardAtMs - before.heardAtMs) > jumpMs;
}
