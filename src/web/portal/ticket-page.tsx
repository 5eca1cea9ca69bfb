import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useLocation, useParams } from 'react-router';
import type { TicketPartsFragment } from '../generated/app';
import { LiveMark } from '../ui/live-mark';
import { Problem } from '../ui/problem';
import { RowsToCome } from '../ui/rows-to-come';
import { useTitle } from '../ui/use-title';
import { Conversation } from './conversation';
import { PriorityMark, StatusMark } from './marks';
import { NoSuchTicket } from './no-such-ticket';
import { deskAddress, type CameFrom } from './places';
import { ReplyBox } from './reply-box';
import { TicketFacts } from './ticket-facts';
import { useTicket } from './use-ticket';
import { words } from '../words';

/** One ticket, kept up to date while it is open. */
export function TicketPage() {
  const { ticketId = '' } = useParams();
  // Another ticket starts with fresh state.
  return <OneTicket key={ticketId} id={ticketId} />;
}

function OneTicket({ id }: { id: string }) {
  const { ticket, error, retry, news, receive } = useTicket(id);
  const back = (useLocation().state as CameFrom | null)?.back;
  return (
    <Stack>
      <div>
        <Anchor component={Link} to={back?.to ?? deskAddress} className="ticket-mark">
          <IconArrowLeft size={16} aria-hidden />
          {back?.label ?? words.portal.tickets}
        </Anchor>
      </div>
      {error && <Problem error={error} retry={retry} />}
      {ticket ? (
        <Shown ticket={ticket} news={news} receive={receive} />
      ) : ticket === null ? (
        <NoSuchTicket />
      ) : (
        !error && <Coming />
      )}
    </Stack>
  );
}

function Shown({
  ticket,
  news,
  receive,
}: {
  ticket: TicketPartsFragment;
  news: string;
  receive: (ticket: TicketPartsFragment) => void;
}) {
  useTitle(words.portal.ticketTitle(ticket.number, ticket.subject));
  return (
    <>
      <header>
        <Group justify="space-between" align="start" wrap="nowrap">
          <Title order={1} size="h2" className="written">
            <Text component="span" inherit fw={400} c="dimmed">
              #{ticket.number}{' '}
            </Text>
            {ticket.subject}
          </Title>
          <LiveMark />
        </Group>
        <Group gap="md" mt={4}>
          {/* On a wider screen its details are beside it. */}
          <Group gap="md" hiddenFrom="sm">
            <StatusMark status={ticket.status} />
            <PriorityMark priority={ticket.priority} />
          </Group>
          <Text size="sm" c="dimmed" role="status">
            {news}
          </Text>
        </Group>
      </header>
      <div className="ticket">
        <Stack>
          <Card withBorder component="section" aria-labelledby="description">
            <Title order={2} size="h4" id="description" mb="xs">
              {words.portal.page.description}
            </Title>
            {ticket.description ? (
              <Text className="written">{ticket.description}</Text>
            ) : (
              <Text c="dimmed">{words.portal.page.noDescription}</Text>
            )}
          </Card>
          <Card withBorder component="section" aria-labelledby="replies">
            <Title order={2} size="h4" id="replies" mb="sm">
              {words.portal.replies.title}
            </Title>
            <Stack>
              <Conversation ticketId={ticket.id} />
              <ReplyBox ticket={ticket} receive={receive} />
            </Stack>
          </Card>
        </Stack>
        <TicketFacts ticket={ticket} receive={receive} />
      </div>
    </>
  );
}

function Coming() {
  useTitle(words.portal.ticket);
  return (
    <>
      <Title order={1} size="h2">
        {words.portal.ticket}
      </Title>
      <RowsToCome rows={8} />
    </>
  );
}
