import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { runningMs } from '../gate/clock';
import { AdminWatchesClockDocument, AgentWatchesClockDocument } from '../generated/app';
import type { ClockRead } from '../session/clock-read';
import { clockKey, useAccountClock } from '../session/use-account-now';
import { useLive } from '../session/use-live';
import { isAdmin, useViewer } from '../session/viewer';
import { isJump } from './clock-jump.rules';

/**
 * Notices that somebody else moved the clock: everything on the page is then out of date. Streams report
 * the passes that end because of it; a move that ends nothing shows when the clock is read again. A move of
 * this page is known by `isMovingHere`, and by the clock with which it `arrived`: the first read after it may
 * be the last answer to come.
 */
export function useMovedElsewhere(
  { isMovingHere, arrived }: { isMovingHere: boolean; arrived: ClockRead | null },
  moved: () => void,
): void {
  const queries = useQueryClient();
  const viewer = useViewer();
  const read = useAccountClock().data ?? null;
  const before = useRef<ClockRead | null>(null);
  const newest = useRef(moved);
  useEffect(() => {
    newest.current = moved;
  });
  useEffect(() => {
    const known = [before.current, arrived].filter((clock) => clock !== null);
    const jumped = read && before.current && known.every((clock) => isJump(read, clock));
    before.current = read;
    if (!jumped || isMovingHere) return;
    void queries.invalidateQueries();
    newest.current();
  }, [read, isMovingHere, arrived, queries]);

  const receive = (iso: string) => {
    if (read && isJump({ serviceMs: Date.parse(iso), readAtMs: runningMs() }, read)) {
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
