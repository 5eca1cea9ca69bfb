import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import {
  OverviewEntriesDocument,
  OverviewEntryAddedDocument,
  type OverviewEntryFragment,
} from '../../generated/app';
import { ToCome } from '../../ui/to-come';
import { useApiQuery } from '../../session/use-api-query';
import { useLive } from '../../session/use-live';
import { writeClock, writeDate } from '../../format/times';
import { dateIn, localIn } from '../../format/zone';
import { writeDelta } from '../../format/count';
import { Empty } from '../../ui/empty';
import { exactly } from '../../ui/write-instant';
import { Problem } from '../../ui/problem';
import { entriesMax, newestFirst, writeEntry } from './feed.rules';
import { words } from '../../words';

/** The newest entries of the journal, live, newest first. */
export function OverviewFeed({ onEntry }: { onEntry: () => void }) {
  const [added, setAdded] = useState<readonly OverviewEntryFragment[]>([]);
  const { data, error, refetch } = useApiQuery(OverviewEntriesDocument, { last: entriesMax });
  useLive(
    OverviewEntryAddedDocument,
    // From the cursor of the list, so that no entry is missed in between.
    data ? { after: data.account.journalCursor } : null,
    {
      next: ({ dayPassEvents: entry }) => {
        setAdded((before) => newestFirst([...before, entry]));
        onEntry();
      },
      resume: (_, { dayPassEvents: { cursor } }) => ({ after: cursor }),
    },
  );
  const read = data?.dayPassEvents?.edges.map(({ node }) => node);
  return (
    <div className="feed-box">
      <Paper withBorder p="lg" component="section">
        <Group justify="space-between" mb="sm">
          <Title order={2} size="h4" id="feed">
            {words.overview.feed.title}
          </Title>
          <Anchor component={Link} to="/admin/ledger" size="sm">
            {words.overview.feed.all}
          </Anchor>
        </Group>
        {error && !data && <Problem error={error} retry={() => void refetch()} />}
        {!read && !error && <ToCome height={400} />}
        {read && data && (
          <div className="feed-scroll" role="region" aria-labelledby="feed" tabIndex={0}>
            <Feed entries={newestFirst([...read, ...added])} now={data.account.now} />
          </div>
        )}
      </Paper>
    </div>
  );
}

function Feed({ entries, now }: { entries: readonly OverviewEntryFragment[]; now: string }) {
  const today = dateIn(Date.parse(now));
  const days = byDay(entries);
  if (entries.length === 0) {
    return <Empty title={words.overview.feed.none}>{words.overview.feed.noneText}</Empty>;
  }
  return (
    <Stack gap="md" aria-live="polite" aria-relevant="additions" data-fact="feed">
      {days[0]?.date !== undefined && days[0].date < today && (
        <Day date={today} today={today} entries={[]} />
      )}
      {days.map(({ date, entries: own }) => (
        <Day key={date} date={date} today={today} entries={own} />
      ))}
    </Stack>
  );
}

function Day({
  date,
  today,
  entries,
}: {
  date: string;
  today: string;
  entries: readonly OverviewEntryFragment[];
}) {
  return (
    <section>
      <Title order={3} size="sm" c="dimmed">
        {date === today ? words.overview.feed.today : writeDate(date, 'longWeekdayDate')}
      </Title>
      {entries.length === 0 && (
        <Text size="sm" mt={4}>
          {words.overview.feed.nothingToday}
        </Text>
      )}
      <ol className="feed">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { entry: OverviewEntryFragment }) {
  const { occurredAt, delta } = entry;
  return (
    <li className="entry">
      <Text component="time" size="sm" c="dimmed" dateTime={occurredAt} title={exactly(occurredAt)}>
        {writeClock(localIn(Date.parse(occurredAt)), 'hour')}
      </Text>
      <Text size="sm">{writeEntry(entry)}</Text>
      <Text size="sm" ta="right" className="number">
        {delta !== 0 && writeDelta(delta)}
      </Text>
    </li>
  );
}

function byDay(entries: readonly OverviewEntryFragment[]) {
  const days: { date: string; entries: OverviewEntryFragment[] }[] = [];
  for (const entry of entries) {
    const date = dateIn(Date.parse(entry.occurredAt));
    const last = days.at(-1);
    if (last?.date === date) last.entries.push(entry);
    else days.push({ date, entries: [entry] });
  }
  return days;
}
