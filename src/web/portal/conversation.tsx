import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Fault } from '../api/fault';
import { TicketConversationDocument, type TicketConversationQuery } from '../generated/app';
import { ask, nameOf } from '../session/use-api-query';
import { useViewer } from '../session/viewer';
import { Instant } from '../ui/instant';
import { Problem } from '../ui/problem';
import { RowsToCome } from '../ui/rows-to-come';
import { words } from '../words';

type Replies = NonNullable<NonNullable<TicketConversationQuery['ticket']>['replies']>;

/** A ticket's replies, the oldest first. A long conversation shows its end first, and more on request. */
export function Conversation({ ticketId }: { ticketId: string }) {
  const talk = useReplies(ticketId);
  if (talk.error) return <Problem error={talk.error} retry={() => void talk.refetch()} />;
  if (!talk.data) return <RowsToCome rows={4} />;
  const replies = talk.data.pages.toReversed().flatMap(({ edges }) => edges);
  const count = talk.data.pages[0]?.totalCount;
  if (replies.length === 0) return <Text c="dimmed">{words.portal.replies.none}</Text>;
  return (
    <Stack>
      {talk.hasNextPage && (
        <Group gap="sm">
          <Button
            variant="default"
            size="xs"
            loading={talk.isFetchingNextPage}
            onClick={() => void talk.fetchNextPage()}
          >
            {words.portal.replies.earlier}
          </Button>
          <Text size="sm" c="dimmed">
            {count == null
              ? words.portal.replies.shownOfMany(replies.length)
              : words.portal.replies.shown(replies.length, count)}
          </Text>
        </Group>
      )}
      <Stack component="ol" aria-label={words.portal.replies.title} className="replies">
        {replies.map(({ node }) => (
          <Reply key={node.id} reply={node} />
        ))}
      </Stack>
    </Stack>
  );
}

function Reply({ reply }: { reply: Replies['edges'][number]['node'] }) {
  const { agent } = useViewer();
  const isOwn = agent !== null && reply.author?.id === agent.id;
  return (
    <li className="reply" data-own={isOwn || undefined}>
      <Group gap="0 var(--mantine-spacing-xs)" align="baseline">
        <Text fw={600}>{reply.authorName}</Text>
        <Text size="sm" c="dimmed">
          <Instant at={reply.createdAt} />
        </Text>
      </Group>
      <Text className="written">{reply.body}</Text>
    </li>
  );
}

/** Pages from the newest backwards: each next page is an earlier one. */
function useReplies(ticketId: string) {
  return useInfiniteQuery<Replies, Fault, { pages: Replies[] }, string[], string | null>({
    queryKey: [nameOf(TicketConversationDocument), ticketId],
    queryFn: async ({ pageParam, signal }) => {
      const variables = { id: ticketId, before: pageParam };
      const { ticket } = await ask(TicketConversationDocument, variables, signal);
      return ticket?.replies ?? none;
    },
    initialPageParam: null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasPreviousPage ? pageInfo.startCursor : null),
  });
}

const none: Replies = {
  totalCount: 0,
  edges: [],
  pageInfo: { hasPreviousPage: false, startCursor: null },
};
