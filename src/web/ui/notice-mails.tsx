import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  NoticeMailsDocument,
  UpdateNotificationSettingsDocument,
  type NoticeKind,
  type NoticeMailsQuery,
} from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { useSubmitOnce } from '../session/use-submit-once';
import { words } from '../words';
import { noticeKindName } from './notice-words';
import { Problem } from './problem';
import { Refused } from './refused';
import { RowsToCome } from './rows-to-come';
import { sayDone } from './say-done';
import { useFreshForm } from './use-fresh-form';

type Setting = NonNullable<NoticeMailsQuery['viewer']['notificationSettings']>[number];

/** Which notifications the signed-in agent gets by mail, in a dialog. */
export function NoticeMailsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={words.notices.mails.title}>
      <NoticeMails onSaved={onClose} />
    </Modal>
  );
}

/** Which notifications the signed-in agent gets by mail. */
export function NoticeMails({ onSaved }: { onSaved?: () => void }) {
  const { data, error, refetch } = useApiQuery(NoticeMailsDocument, {});
  if (error && !data) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <RowsToCome rows={4} />;
  const settings = data.viewer.notificationSettings;
  return settings && <MailsForm settings={settings} onSaved={onSaved} />;
}

function MailsForm({ settings, onSaved }: { settings: Setting[]; onSaved?: () => void }) {
  const present = { kinds: settings.filter(({ mail }) => mail).map(({ kind }) => kind) };
  const form = useForm<{ kinds: NoticeKind[] }>({ initialValues: present });
  useFreshForm(form, present);
  const update = useSubmitOnce(UpdateNotificationSettingsDocument, {
    of: ({ updateNotificationSettings }) => updateNotificationSettings,
    done() {
      form.resetDirty();
      sayDone(words.notices.mails.saved);
      onSaved?.();
    },
  });
  // What was not touched stays as it is, so that a page that was opened earlier changes nothing back.
  const changed = (kinds: readonly NoticeKind[]) =>
    settings
      .filter(({ kind, mail }) => kinds.includes(kind) !== mail)
      .map(({ kind, mail }) => ({ kind, mail: !mail }));
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ kinds }) => update.send({ input: { settings: changed(kinds) } }))}
    >
      <fieldset disabled={update.isBusy} className="plain">
        <Stack>
          <Checkbox.Group label={words.notices.mails.label} {...form.getInputProps('kinds')}>
            <Stack gap="xs" mt="xs">
              {settings.map(({ kind }) => (
                <Checkbox key={kind} value={kind} label={noticeKindName(kind)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Refused of={update} />
          <Group>
            <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
              {words.notices.mails.save}
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}
