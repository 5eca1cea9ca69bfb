import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import {
  NoticeChannelsDocument,
  RemoveNoticeChannelDocument,
  TestNoticeChannelDocument,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { useSubmitOnce } from '../../session/use-submit-once';
import { AskingButton } from '../../ui/asking-button';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { writeInstant } from '../../ui/write-instant';
import { Mark } from '../../ui/mark';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { Refused } from '../../ui/refused';
import { RowsToCome } from '../../ui/rows-to-come';
import { sayDone } from '../../ui/say-done';
import { words } from '../../words';
import { noticeKindName } from '../../ui/notice-words';
import { ChannelDialog, type Channel } from './settings-channel-dialog';

/** Slack and Teams. */
export function ChannelSettings() {
  const { data, error, refetch } = useApiQuery(NoticeChannelsDocument, {});
  const [edited, edit] = useState<Channel | 'NEW' | null>(null);
  const channels = data?.noticeChannels;
  return (
    <Part title={words.notices.channels.title} description={words.notices.channels.text}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!channels && !error && <RowsToCome rows={3} />}
      {channels?.length === 0 && (
        <Empty title={words.notices.channels.none}>{words.notices.channels.noneText}</Empty>
      )}
      {channels && channels.length > 0 && (
        <DataTable
          caption={words.notices.channels.caption}
          columns={columnsFor(edit)}
          rows={channels}
        />
      )}
      <div>
        <Button variant="default" onClick={() => edit('NEW')}>
          {words.notices.channels.add}
        </Button>
      </div>
      <ChannelDialog edited={edited} onClose={() => edit(null)} />
    </Part>
  );
}

function columnsFor(edit: (channel: Channel) => void): Column<Channel>[] {
  return [
    {
      title: words.notices.channels.channel,
      cell: ({ name, kind, url }) => (
        <>
          <Text inherit fw={500}>
            {name}
          </Text>
          <Text size="xs" c="dimmed" truncate maw={280} title={url}>
            {words.notices.channels.kind[kind]}: {url}
          </Text>
        </>
      ),
    },
    {
      title: words.notices.channels.receives,
      cell: ({ notices }) => (
        <div className="wraps">
          {notices.length === 0
            ? words.notices.channels.nothing
            : notices.map(noticeKindName).join(', ')}
        </div>
      ),
    },
    {
      title: words.notices.channels.state,
      cell: ({ failingSince }) =>
        failingSince ? (
          <>
            <Mark label={words.notices.channels.failing} color="red" />
            <Text size="xs" c="dimmed">
              {words.notices.channels.failingSince(writeInstant(failingSince))}
            </Text>
          </>
        ) : (
          <Mark label={words.notices.channels.works} color="teal" />
        ),
    },
    {
      title: words.notices.channels.actions,
      cell: (channel) => (
        <Group gap="xs" wrap="nowrap">
          <SendTest channel={channel} />
          <Button
            variant="default"
            size="compact-sm"
            aria-label={words.notices.channels.editOf(channel.name)}
            onClick={() => edit(channel)}
          >
            {words.notices.channels.edit}
          </Button>
          <Remove channel={channel} />
        </Group>
      ),
    },
  ];
}

/** Sends a test, and reports the answer. */
function SendTest({ channel: { id, name } }: { channel: Channel }) {
  const test = useSubmitOnce(TestNoticeChannelDocument, {
    of: ({ testNoticeChannel }) => testNoticeChannel,
    done: ({ delivered, answer }) =>
      sayDone(
        delivered
          ? words.notices.channels.testArrived(name)
          : words.notices.channels.testFailed(name, answer ?? ''),
      ),
  });
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        loading={test.isBusy}
        aria-label={words.notices.channels.testOf(name)}
        onClick={() => test.send({ input: { channelId: id } })}
      >
        {words.notices.channels.test}
      </Button>
      <Refused of={test} />
    </>
  );
}

function Remove({ channel: { id, name } }: { channel: Channel }) {
  return (
    <AskingButton
      label={words.notices.channels.remove}
      aria-label={words.notices.channels.removeOf(name)}
      size="compact-sm"
      title={words.notices.channels.removeTitle(name)}
      isDangerous
      document={RemoveNoticeChannelDocument}
      variables={{ input: { channelId: id } }}
      of={({ removeNoticeChannel }) => removeNoticeChannel}
      done={() => sayDone(words.notices.channels.removed(name))}
    >
      <Text>{words.notices.channels.removeText}</Text>
    </AskingButton>
  );
}
