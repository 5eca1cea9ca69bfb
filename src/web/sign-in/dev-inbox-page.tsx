import { Anchor, Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Empty } from '../ui/empty';
import { writeClock } from '../format/times';
import { Problem } from '../ui/problem';
import { RowsToCome } from '../ui/rows-to-come';
import { useTitle } from '../ui/use-title';
import { words } from '../words';
import { EntryCard } from './entry-card';
import { readDevMails, type DevMail } from './dev-mails';

const everyMs = 2_000;

/** The mails of a development without SMTP. Production serves neither this page nor what it reads. */
export function DevInboxPage() {
  useTitle(words.signIn.inbox.title);
  const { data, error, refetch } = useQuery({
    queryKey: ['dev mails'],
    queryFn: ({ signal }) => readDevMails(signal),
    refetchInterval: everyMs,
  });
  return (
    <EntryCard title={words.signIn.inbox.title} isWide>
      <Text c="dimmed">{words.signIn.inbox.text}</Text>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <RowsToCome rows={4} />}
      {data?.length === 0 && (
        <Empty title={words.signIn.inbox.none}>{words.signIn.inbox.noneText}</Empty>
      )}
      {data && data.length > 0 && (
        <Stack component="section" aria-label={words.signIn.inbox.mails}>
          {data.map((mail) => (
            <Mail key={mail.id} mail={mail} />
          ))}
        </Stack>
      )}
    </EntryCard>
  );
}

/** Nobody is signed in here, so no account has a zone. */
function writeUtc(at: string): string {
  return words.ui.timeAndZone(writeClock({ ms: Date.parse(at), offsetMinutes: 0 }, 'full'), 'UTC');
}

function Mail({ mail: { recipient, subject, text, sentAt } }: { mail: DevMail }) {
  return (
    <Card withBorder component="article">
      <Title order={2} size="h4" className="written">
        {subject}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {words.signIn.inbox.to(recipient)}
        {' · '}
        <time dateTime={sentAt}>{writeUtc(sentAt)}</time>
      </Text>
      <Text className="written">
        {text.split(/(https?:\/\/\S+)/).map((piece, at) => (
          <Fragment key={at}>
            {/^https?:/.test(piece) ? <LinkTo address={piece} /> : piece}
          </Fragment>
        ))}
      </Text>
    </Card>
  );
}

/** In a tab of its own: the person who follows it is somebody else. */
function LinkTo({ address }: { address: string }) {
  return (
    <Anchor href={address} target="_blank" rel="noreferrer" inherit underline="always">
      {address}
    </Anchor>
  );
}
