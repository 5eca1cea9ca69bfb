import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { LedgerNewsDocument, type LedgerNewsSubscription } from '../../generated/app';
import { useLive } from '../../session/use-live';
import { useViewer } from '../../session/viewer';
import { LiveMark } from '../../ui/live-mark';
import { countOf } from './ledger-words';

export type NewsEvent = LedgerNewsSubscription['dayPassEvents'];

/**
 * How many entries have come since a list was read, of those that `counts` says. `heard` is told of
 * each. The list itself stays as it is, until somebody wants to see more.
 */
export function useNews(
  cursor: string | undefined,
  { counts, heard }: { counts: (event: NewsEvent) => boolean; heard?: (event: NewsEvent) => void },
): number {
  const withTickets = useMaySeeTickets();
  const [news, setNews] = useState({ since: cursor, count: 0 });
  useLive(LedgerNewsDocument, cursor === undefined ? null : { after: cursor, withTickets }, {
    next({ dayPassEvents: event }) {
      heard?.(event);
      if (!counts(event)) return;
      setNews(({ since, count }) => ({
        since: cursor,
        count: since === cursor ? count + 1 : 1,
      }));
    },
    resume: (asked, { dayPassEvents: event }) => ({ ...asked, after: event.cursor }),
  });
  return news.since === cursor ? news.count : 0;
}

/** Tickets and clients are for whoever may use that section; to ask for them else is refused. */
export function useMaySeeTickets(): boolean {
  return useViewer().agent?.sections.includes('TICKETS') === true;
}

/** Whether the list is watched, and that there is more to see. Its place is kept, so that nothing moves when it comes. */
export function News({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <Group gap="sm" mih={30}>
      <LiveMark />
      <Group gap="xs" role="status">
        {count > 0 && (
          <>
            <Text size="sm">{countOf(count, 'new entry', 'new entries')}:</Text>
            <Button size="compact-sm" variant="light" onClick={onShow}>
              Show
            </Button>
          </>
        )}
      </Group>
    </Group>
  );
}
