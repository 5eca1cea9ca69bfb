import { ActionIcon, Badge, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { NotificationsChangedDocument, NotificationsDocument } from '../generated/app';
import { nameOf } from '../session/use-api-query';
import { useLive } from '../session/use-live';
import { RowsToCome } from '../ui/rows-to-come';
import { words } from '../words';

// Both load when they are opened.
const BellList = lazy(async () => ({ default: (await import('./bell-list')).BellList }));
const NoticeMailsDialog = lazy(async () => ({
  default: (await import('../ui/notice-mails')).NoticeMailsDialog,
}));

/** What happened that concerns the signed-in agent: how much of it is unread, live, and the list. */
export function Bell() {
  const queries = useQueryClient();
  const [isOpen, { close, toggle }] = useDisclosure();
  const [isChoosing, choosing] = useDisclosure();
  const [unread, setUnread] = useState(0);
  const [news, setNews] = useState('');
  const before = useRef<number | null>(null);
  useLive(
    NotificationsChangedDocument,
    {},
    {
      next({ notificationsChanged: { unread: count } }) {
        // What was there when the page was opened is no news.
        if (before.current !== null && count > before.current) setNews(words.notices.bell(count));
        before.current = count;
        setUnread(count);
        void queries.invalidateQueries({ queryKey: [nameOf(NotificationsDocument as never)] });
      },
    },
  );
  return (
    <>
      <Popover
        opened={isOpen}
        onDismiss={close}
        position="bottom-end"
        width="min(26rem, calc(100vw - 1rem))"
        trapFocus
        returnFocus
        // As the menu beside it: nothing outside the page's landmarks.
        withinPortal={false}
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            c="var(--mantine-color-text)"
            className="bell"
            onClick={toggle}
            aria-label={words.notices.bell(unread)}
          >
            <IconBell size={20} stroke={1.75} aria-hidden />
            {unread > 0 && (
              <Badge size="xs" circle={unread < 10} color="red.8" className="unread" aria-hidden>
                {unread > 99 ? '99+' : unread}
              </Badge>
            )}
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label={words.notices.title}>
          {isOpen && (
            <Suspense fallback={<RowsToCome rows={2} />}>
              <BellList
                onClose={close}
                onMails={() => {
                  close();
                  choosing.open();
                }}
              />
            </Suspense>
          )}
        </Popover.Dropdown>
      </Popover>
      <span className="unseen" role="status">
        {news}
      </span>
      <Suspense>{isChoosing && <NoticeMailsDialog isOpen onClose={choosing.close} />}</Suspense>
    </>
  );
}
