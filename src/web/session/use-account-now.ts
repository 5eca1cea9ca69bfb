import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Fault } from '../api/fault';
import { runningMs } from '../gate/clock';
import { AccountClockDocument } from '../generated/app';
import { readTimed, type ClockRead } from './clock-read';
import { ask, askEarly, nameOf, type Read } from './use-api-query';
import { useViewer } from './viewer';

export const clockKey = [nameOf(AccountClockDocument)];

/** Somebody may move a sandbox's clock in another window, and no stream reports it. */
const sandboxEveryMs = 5_000;

export function readClock(signal?: AbortSignal): Promise<ClockRead> {
  return readTimed(async () => (await ask(AccountClockDocument, {}, signal)).account.now);
}

export const clockRead: Read<ClockRead> = {
  queryKey: clockKey,
  queryFn: ({ signal }) => readClock(signal),
};

/** The account's clock as it was last read. */
export function useAccountClock(): UseQueryResult<ClockRead, Fault> {
  const { sandbox } = useViewer().account;
  askEarly(useQueryClient(), clockRead);
  return useQuery<ClockRead, Fault>({
    ...clockRead,
    refetchInterval: sandbox ? sandboxEveryMs : undefined,
  });
}

/** The account's present instant, which advances automatically; null until it is known. The device's date is not used. */
export function useAccountNow(everyMs = 1_000): number | null {
  const { data: clock } = useAccountClock();
  const [runMs, setRunMs] = useState(runningMs);
  useEffect(() => {
    const timer = window.setInterval(() => setRunMs(runningMs()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  if (!clock) return null;
  // A clock that was just read is newer than the last tick.
  return clock.serviceMs + Math.max(0, runMs - clock.readAtMs);
}
