import { Button, Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { LedgerNewsDocument, type LedgerNewsSubscription } from '../../generated/app';
import { useLive } from '../../session/use-live';
import { useViewer, type Viewer } from '../../session/viewer';
import { LiveMark } from '../../ui/live-mark';
import { words } from '../../words';

export type NewsEvent = LedgerNewsSubscription['dayPassEvents'];

/**
 * The number of entries since a list was read, of those that `counts` accepts. `onEvent` receives each one.
 * The list itself holds still until the person asks for the new entries.
 */
export function useNews(
  cursor: string | undefined,
  {
    counts,
    onEvent,
  }: { counts: (event: NewsEvent) => boolean; onEvent?: (event: NewsEvent) => void },
): number {
  const withTickets = useMaySeeTickets();
  const [news, setNews] = useState({ since: cursor, count: 0 });
  useLive(LedgerNewsDocument, cursor === undefined ? null : { after: cursor, withTickets }, {
    next({ dayPassEvents: event }) {
      onEvent?.(event);
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

/** Whether this person may use the section for tickets and clients; otherwise the service refuses to list them. */
export function useMaySeeTickets(): boolean {
  return maySeeTickets(useViewer());
}

export function maySeeTickets({ agent }: Viewer): boolean {
  return agent?.sections.includes('TICKETS') === true;
}

/** Above a list: its news, the end of its filter, and what can be done with all of it. */
export function ListHead({
  count,
  onShow,
  isFiltered,
  onClear,
  children,
}: {
  /** How many entries are new. */
  count: number;
  onShow: () => void;
  isFiltered: boolean;
  onClear: () => void;
  children: ReactNode;
}) {
  return (
    <Group justify="space-between" align="start">
      <Group gap="sm">
        <News count={count} onShow={onShow} />
        {isFiltered && (
          <Button variant="subtle" size="compact-sm" onClick={onClear}>
            {words.ledger.filter.clear}
          </Button>
        )}
      </Group>
      {children}
    </Group>
  );
}

/** Whether the list is live, and how many new entries there are. Its space is reserved, so that nothing moves. */
function News({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <Group gap="sm" mih={30}>
      <LiveMark />
      <Group gap="xs" role="status">
        {count > 0 && (
          <>
            <Text size="sm">{words.ledger.news(count)}</Text>
            <Button size="compact-sm" variant="light" onClick={onShow}>
              {words.ledger.show}
            </Button>
          </>
        )}
      </Group>
    </Group>
  );
}
