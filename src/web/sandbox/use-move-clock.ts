import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Fault } from '../api/fault';
import type { Local } from '../format/local';
import { AdvanceClockDocument, NextEndsDocument } from '../generated/app';
import { clockKey } from '../session/use-account-now';
import { ask } from '../session/use-api-query';
import { saysOf } from '../ui/says';
import { writeThere } from './midnight.rules';
import { words } from '../words';

/** Passes that are counted one by one; above this number it says "or more". */
const countedMax = 100;
/** A year with many passes takes longer than one request may; each further try continues. */
const triesMax = 30;
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
  move: (target: Target) => Promise<void>;
} {
  const queries = useQueryClient();
  // Not the state: a second click may come before the next render.
  const isBusy = useRef(false);
  const [present, setTarget] = useState<Target | null>(null);
  const [said, setSaid] = useState<{ text: string; isProblem: boolean } | null>(null);

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
      const ended = await endedBy(target.to.ms);
      await advance(target.to.ms);
      const where = writeThere(target.to, target.timeZone);
      setSaid({ text: words.sandbox.moved(where, ended), isProblem: false });
    } catch (error) {
      setSaid({ text: saysOf(error as Error), isProblem: true });
    } finally {
      window.clearInterval(look);
      // Everything on the page was read at the old time.
      await queries.invalidateQueries();
      isBusy.current = false;
      setTarget(null);
    }
  }
  return { target: present, said, move };
}

/** How many of the running passes will have ended by then. */
async function endedBy(toMs: number): Promise<string> {
  const { dayPassConsumptions } = await ask(NextEndsDocument, { first: countedMax });
  const ends = dayPassConsumptions?.edges ?? [];
  const count = ends.filter(({ node }) => Date.parse(node.expiresAt) <= toMs).length;
  return count === countedMax ? words.sandbox.endedOrMore(count) : words.sandbox.ended(count);
}

/** To an instant and not by a duration, so that a repeated request moves the clock only once. */
async function advance(toMs: number): Promise<void> {
  const to = new Date(toMs).toISOString();
  for (let tries = 1; ; tries += 1) {
    try {
      const { advanceTestClock } = await ask(AdvanceClockDocument, { input: { to } });
      const refusal = advanceTestClock?.userErrors[0];
      if (refusal) throw new Fault(refusal.code, refusal.message);
      return;
    } catch (error) {
      if (!(error instanceof Fault && error.isPassing) || tries === triesMax) throw error;
      await new Promise((resolve) => setTimeout(resolve, betweenTriesMs));
    }
  }
}
