import { Button, Checkbox, Group, NativeSelect, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  NoticeMailsDocument,
  UpdateNotificationSettingsDocument,
  type Language,
  type NoticeKind,
  type NoticeMailsQuery,
} from '../generated/app';
import { Dialog } from './dialog';
import { useApiQuery } from '../session/use-api-query';
import { useSubmitOnce } from '../session/use-submit-once';
import { words } from '../words';
import { choicesOf } from './choices';
import { noticeKindName } from './notice-words';
import { Form } from './form';
import { Problem } from './problem';
import { Refused } from './refused';
import { RowsToCome } from './rows-to-come';
import { sayDone } from './say-done';
import { useFreshForm } from './use-fresh-form';

type Setting = NonNullable<NoticeMailsQuery['viewer']['notificationSettings']>[number];

/** '' is a choice of no language. */
interface Values {
  kinds: NoticeKind[];
  language: Language | '';
}

/** Which notifications the signed-in agent gets by mail, in a dialog. */
export function NoticeMailsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog opened={isOpen} onClose={onClose} title={words.notices.mails.title}>
      <NoticeMails onSaved={onClose} />
    </Dialog>
  );
}

/** Which notifications the signed-in agent gets by mail. */
export function NoticeMails({ onSaved }: { onSaved?: () => void }) {
  const { data, error, refetch } = useApiQuery(NoticeMailsDocument, {});
  if (error && !data) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <RowsToCome rows={4} />;
  const { notificationSettings: settings, notificationLanguage: language } = data.viewer;
  return settings && <MailsForm {...{ settings, language, onSaved }} />;
}

function MailsForm({
  settings,
  language,
  onSaved,
}: {
  settings: Setting[];
  language: Language | null;
  onSaved?: () => void;
}) {
  const present: Values = {
    kinds: settings.filter(({ mail }) => mail).map(({ kind }) => kind),
    language: language ?? '',
  };
  const form = useForm<Values>({ initialValues: present });
  useFreshForm(form, { of: 'mails', present });
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
    <Form
      isBusy={update.isBusy}
      onSubmit={form.onSubmit((values) =>
        update.send({
          input: {
            settings: changed(values.kinds),
            ...(form.isDirty('language') ? { language: values.language || null } : {}),
          },
        }),
      )}
    >
      <Stack>
        <Checkbox.Group label={words.notices.mails.label} {...form.getInputProps('kinds')}>
          <Stack gap="xs" mt="xs">
            {settings.map(({ kind }) => (
              <Checkbox key={kind} value={kind} label={noticeKindName(kind)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label={words.notices.mails.language}
          data={[
            { value: '', label: words.notices.mails.automatic },
            ...choicesOf(words.notices.languages),
          ]}
          {...form.getInputProps('language')}
        />
        <Refused of={update} />
        <Group>
          <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
            {words.notices.mails.save}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
