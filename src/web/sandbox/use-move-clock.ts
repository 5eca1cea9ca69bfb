import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Fault } from '../api/fault';
import type { Local } from '../format/local';
import { AdvanceClockDocument, NextEndsDocument } from '../generated/app';
import { readTimed, type ClockRead } from '../session/clock-read';
import { clockKey, readClock } from '../session/use-account-now';
import { ask } from '../session/use-api-query';
import { messageOf } from '../ui/message-of';
import { writeThere } from './midnight.rules';
import { moveClock, type ClockRequests } from './move-clock';
import { words } from '../words';

/** Passes that are counted one by one; above this number it says "or more". */
const countedMax = 100;
const betweenTriesMs = 1_000;
/** How often the clock is read while it moves. */
const lookEveryMs = 1_000;

export interface Target {
  to: Local;
  /** The zone in which the target is shown. */
  timeZone: string;
}

/** Moves the account's clock, one move at a time, and reports the result. */
export function useMoveClock(): {
  target: Target | null;
  said: { text: string; isProblem: boolean } | null;
  /** The clock at the end of the last move. */
  arrived: ClockRead | null;
  move: (target: Target) => Promise<void>;
} {
  const queries = useQueryClient();
  // Not the state: a second click may come before the next render.
  const isBusy = useRef(false);
  const [present, setTarget] = useState<Target | null>(null);
  const [said, setSaid] = useState<{ text: string; isProblem: boolean } | null>(null);
  const [arrived, setArrived] = useState<ClockRead | null>(null);

  async function move(target: Target): Promise<void> {
    if (isBusy.current) return;
    isBusy.current = true;
    setTarget(target);
    setSaid(null);
    const look = window.setInterval(() => {
      // A read that takes longer than the interval is not started again.
      void queries.invalidateQueries({ queryKey: clockKey }, { cancelRefetch: false });
    }, lookEveryMs);
    try {
      const { clock, ended } = await moveClock(target.to.ms, requests);
      // A read from before the arrival would set the clock back.
      await queries.cancelQueries({ queryKey: clockKey });
      queries.setQueryData(clockKey, clock);
      setArrived(clock);
      const where = writeThere(target.to, target.timeZone);
      setSaid({ text: words.sandbox.moved(where, writeEnded(ended)), isProblem: false });
    } catch (error) {
      setSaid({ text: messageOf(error as Error), isProblem: true });
    } finally {
      window.clearInterval(look);
      isBusy.current = false;
      setTarget(null);
      // Everything on the page was read at the old time.
      void queries.invalidateQueries();
    }
  }
  return { target: present, said, arrived, move };
}

const requests: ClockRequests = {
  async countEnds(toMs) {
    const { dayPassConsumptions } = await ask(NextEndsDocument, { first: countedMax });
    const ends = dayPassConsumptions?.edges ?? [];
    return ends.filter(({ node }) => Date.parse(node.expiresAt) <= toMs).length;
  },
  advance: (toMs) =>
    readTimed(async () => {
      const to = new Date(toMs).toISOString();
      const { advanceTestClock } = await ask(AdvanceClockDocument, { input: { to } });
      const refusal = advanceTestClock?.userErrors[0];
      if (refusal) throw new Fault(refusal.code, refusal.message);
      return advanceTestClock!.account!.now;
    }),
  readClock,
  pause: () => new Promise((resolve) => setTimeout(resolve, betweenTriesMs)),
};

function writeEnded(count: number): string {
  return count === countedMax ? words.sandbox.endedOrMore(count) : words.sandbox.ended(count);
}
