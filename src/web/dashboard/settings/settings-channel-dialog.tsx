import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  SetNoticeChannelDocument,
  type NoticeChannelKind,
  type NoticeChannelsQuery,
  type NoticeKind,
} from '../../generated/app';
import { Dialog } from '../../ui/dialog';
import { Segments } from '../../ui/segments';
import { useSubmitOnce } from '../../session/use-submit-once';
import { SubmitActs } from '../../ui/dialog-acts';
import { filled, webAddress } from '../../ui/field-rules';
import { Form } from '../../ui/form';
import { Refused, useErrorAt } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { words } from '../../words';
import { adminNotices, noticeKindName } from '../../ui/notice-words';

export type Channel = NonNullable<NoticeChannelsQuery['noticeChannels']>[number];

interface Values {
  kind: NoticeChannelKind;
  name: string;
  url: string;
  notices: NoticeKind[];
}

const kinds: readonly NoticeChannelKind[] = ['SLACK', 'TEAMS'];
const fields = ['name', 'url'];

/** Adds a channel, or changes one. */
export function ChannelDialog({
  edited,
  onClose,
}: {
  edited: Channel | 'NEW' | null;
  onClose: () => void;
}) {
  return (
    <Dialog
      opened={edited !== null}
      onClose={onClose}
      size="lg"
      title={
        edited === 'NEW'
          ? words.notices.channels.add
          : words.notices.channels.editOf(edited?.name ?? '')
      }
      closeOnClickOutside={false}
    >
      {edited && <ChannelForm channel={edited === 'NEW' ? null : edited} onClose={onClose} />}
    </Dialog>
  );
}

function ChannelForm({ channel, onClose }: { channel: Channel | null; onClose: () => void }) {
  const form = useForm<Values>({
    initialValues: channel
      ? { kind: channel.kind, name: channel.name, url: channel.url, notices: channel.notices }
      : { kind: 'SLACK', name: '', url: '', notices: adminNotices },
    validate: { url: webAddress(2_000), name: filled(100) },
  });
  const setting = useSubmitOnce(SetNoticeChannelDocument, {
    of: ({ setNoticeChannel }) => setNoticeChannel,
    done({ channel: saved }) {
      sayDone(words.notices.channels.saved(saved!.name));
      onClose();
    },
  });
  const { kind } = form.getValues();
  const isWrongUrl = setting.refusals.some(({ code }) => code === 'URL_NOT_ALLOWED');
  const send = (values: Values) =>
    setting.send({ input: { ...values, channelId: channel?.id ?? null } });
  const at = useErrorAt(form, setting);
  return (
    <Form isBusy={setting.isBusy} onSubmit={form.onSubmit(send)}>
      <Stack>
        <Segments
          label={words.notices.channels.where}
          value={kind}
          choices={kinds.map((value) => ({ value, label: words.notices.channels.kind[value] }))}
          onChange={(value) => form.setFieldValue('kind', value)}
        />
        <Text size="sm">{words.notices.channels.steps[kind]}</Text>
        <TextInput
          label={words.notices.channels.url}
          description={channel ? words.notices.channels.urlKept : undefined}
          required
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('url')}
          error={isWrongUrl && at('url') ? words.notices.channels.urlWrong[kind] : at('url')}
        />
        <TextInput
          label={words.notices.channels.name}
          description={words.notices.channels.nameText}
          required
          {...form.getInputProps('name')}
          error={at('name')}
        />
        <Checkbox.Group label={words.notices.channels.receives} {...form.getInputProps('notices')}>
          <Stack gap="xs" mt="xs">
            {adminNotices.map((notice) => (
              <Checkbox key={notice} value={notice} label={noticeKindName(notice)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Refused of={setting} fields={fields} />
        <SubmitActs
          label={channel ? words.notices.channels.save : words.notices.channels.create}
          isBusy={setting.isBusy}
          onCancel={onClose}
        />
      </Stack>
    </Form>
  );
}
