import { Button, Group, ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { pageLanguage } from '../format/language';
import {
  MarkNotificationsReadDocument,
  NotificationsDocument,
  type NotificationsQuery,
} from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { useSubmitOnce } from '../session/use-submit-once';
import { Empty } from '../ui/empty';
import { Instant } from '../ui/instant';
import { Problem } from '../ui/problem';
import { Refused } from '../ui/refused';
import { RowsToCome } from '../ui/rows-to-come';
import { words } from '../words';

/** The first page, and the most that one list shows: older ones are in the ledger. */
const pageSizes = [20, 100] as const;

type Notification = NonNullable<
  NotificationsQuery['viewer']['notifications']
>['edges'][number]['node'];

/** The content of the bell. */
export function BellList({ onClose, onMails }: { onClose: () => void; onMails: () => void }) {
  const [first, setFirst] = useState<number>(pageSizes[0]);
  const { data, error, refetch } = useApiQuery(NotificationsDocument, {
    first,
    locale: pageLanguage,
  });
  const found = data?.viewer.notifications;
  const notifications = found?.edges.map(({ node }) => node) ?? [];
  const hasMore = found?.pageInfo.hasNextPage && first < pageSizes[1];
  return (
    <>
      <Group justify="space-between" p="sm" className="bell-head">
        <Text fw={650}>{words.notices.title}</Text>
        <MarkRead notifications={notifications} />
      </Group>
      <ScrollArea.Autosize mah="min(28rem, 70vh)" type="auto">
        {error && !data && <Problem error={error} retry={() => void refetch()} />}
        {!data && !error && <RowsToCome rows={4} />}
        {found && notifications.length === 0 && (
          <Empty title={words.notices.none}>{words.notices.noneText}</Empty>
        )}
        <ul className="bell-list">
          {notifications.map((notification) => (
            <li key={notification.id}>
              <OneNotification notification={notification} onClose={onClose} />
            </li>
          ))}
        </ul>
        {hasMore && (
          <Button variant="subtle" fullWidth onClick={() => setFirst(pageSizes[1])}>
            {words.notices.older}
          </Button>
        )}
      </ScrollArea.Autosize>
      <Group p="xs" className="bell-foot">
        <Button variant="subtle" size="compact-sm" onClick={onMails}>
          {words.notices.mails.title}
        </Button>
      </Group>
    </>
  );
}

function OneNotification({
  notification: { title, text, happenedAt, isRead, linkPath },
  onClose,
}: {
  notification: Notification;
  onClose: () => void;
}) {
  return (
    <UnstyledButton
      component={Link}
      to={linkPath}
      onClick={onClose}
      className="notification"
      data-unread={isRead ? undefined : true}
    >
      <Stack gap={2}>
        <Text size="sm" fw={isRead ? 400 : 650}>
          {!isRead && <span className="unseen">{words.notices.unread} </span>}
          {title}
        </Text>
        <Text size="sm">{text}</Text>
        <Text size="xs" c="dimmed">
          <Instant at={happenedAt} />
        </Text>
      </Stack>
    </UnstyledButton>
  );
}

function MarkRead({ notifications: [newest, ...others] }: { notifications: Notification[] }) {
  const mark = useSubmitOnce(MarkNotificationsReadDocument, {
    of: ({ markNotificationsRead }) => markNotificationsRead,
    outdates: [NotificationsDocument],
  });
  const isUnread = [newest, ...others].some((one) => one && !one.isRead);
  if (!newest) return null;
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        // It stays, so that the focus does.
        disabled={!isUnread}
        loading={mark.isBusy}
        onClick={() => mark.send({ input: { upTo: newest.id } })}
      >
        {words.notices.markRead}
      </Button>
      <Refused of={mark} />
    </>
  );
}
