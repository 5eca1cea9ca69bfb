import { Button, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  AccountInSettingsDocument,
  UpdateAccountDocument,
  type AccountInSettingsQuery,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { useSubmitOnce } from '../../session/use-submit-once';
import { choicesOf } from '../../ui/choices';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { errorAt, Refused } from '../../ui/refused';
import { isAmountOrEmpty, isFilled, toFirstWrong } from '../../ui/field-rules';
import { RowsToCome } from '../../ui/rows-to-come';
import { sayDone } from '../../ui/say-done';
import { useFreshForm } from '../../ui/use-fresh-form';
import { ZoneSelect, type ZoneInput } from '../../ui/zone-select';
import { words } from '../../words';

/** The account's own name, zone and mails. */
export function AccountSettings() {
  const { data, error, refetch } = useApiQuery(AccountInSettingsDocument, {});
  return (
    <Part title={words.settings.account.title}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <RowsToCome rows={5} />}
      {data && <AccountForm account={data.account} />}
    </Part>
  );
}

function AccountForm({ account }: { account: AccountInSettingsQuery['account'] }) {
  const { name, timeZone, emailNotificationsEnabled, allowSessionConsume } = account;
  const { noticeLanguage } = account;
  const { slug, plan, currency } = account;
  const seatPrice = account.seatPrice?.amount ?? '';
  const switches = { emailNotificationsEnabled, allowSessionConsume };
  const present = { name, timeZone, noticeLanguage, seatPrice, ...switches };
  const form = useForm({
    initialValues: present,
    validate: { name: isFilled, seatPrice: isAmountOrEmpty },
  });
  useFreshForm(form, present);
  const update = useSubmitOnce(UpdateAccountDocument, {
    of: ({ updateAccount }) => updateAccount,
    done() {
      form.resetDirty();
      sayDone(words.settings.account.saved);
    },
  });
  const zone = form.getInputProps('timeZone') as ZoneInput;
  // An empty field removes the price.
  const send = (values: typeof present) =>
    update.send({ input: { ...values, seatPrice: values.seatPrice.trim() || null } });
  return (
    <form noValidate onSubmit={form.onSubmit(send, toFirstWrong)}>
      <fieldset disabled={update.isBusy} className="plain">
        <Stack>
          <TextInput
            label={words.settings.account.name}
            required
            maxLength={200}
            {...form.getInputProps('name')}
            error={errorAt(update, 'name') ?? form.errors.name}
          />
          <ZoneSelect
            label={words.settings.account.timeZone}
            description={words.settings.account.timeZoneText}
            value={zone.value}
            onChange={zone.onChange}
            error={errorAt(update, 'timeZone')}
          />
          <Switch
            label={words.settings.account.email}
            description={words.settings.account.emailText}
            {...form.getInputProps('emailNotificationsEnabled', { type: 'checkbox' })}
          />
          <NativeSelect
            label={words.settings.account.language}
            description={words.settings.account.languageText}
            data={choicesOf(words.notices.languages)}
            {...form.getInputProps('noticeLanguage')}
          />
          <Switch
            label={words.settings.account.sessionConsume}
            description={words.settings.account.sessionConsumeText}
            {...form.getInputProps('allowSessionConsume', { type: 'checkbox' })}
          />
          <TextInput
            label={words.settings.account.seatPrice(currency)}
            description={words.settings.account.seatPriceText}
            inputMode="decimal"
            maxLength={20}
            {...form.getInputProps('seatPrice')}
            error={form.errors.seatPrice ?? errorAt(update, 'seatPrice')}
          />
          <Text size="sm" c="dimmed">
            {words.settings.account.facts(slug, plan, currency)}
          </Text>
          <Refused of={update} fields={['name', 'timeZone', 'seatPrice']} />
          <div>
            <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
              {words.settings.account.save}
            </Button>
          </div>
        </Stack>
      </fieldset>
    </form>
  );
}
