import { Button, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  AccountInSettingsDocument,
  UpdateAccountDocument,
  type AccountInSettingsQuery,
} from '../../generated/app';
import { readAmount, writeAmount } from '../../format/money';
import { useApiQuery } from '../../session/use-api-query';
import { useSubmitOnce } from '../../session/use-submit-once';
import { choicesOf } from '../../ui/choices';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { filled, isAmountOrEmpty } from '../../ui/field-rules';
import { Form } from '../../ui/form';
import { Refused, useErrorAt } from '../../ui/refused';
import { RowsToCome } from '../../ui/rows-to-come';
import { sayDone } from '../../ui/say-done';
import { changedValues, useFreshForm } from '../../ui/use-fresh-form';
import { ZoneSelect, type ZoneInput } from '../../ui/zone-select';
import { words } from '../../words';

/** The account's own name, zone and mails. */
export function AccountSettings() {
  const { data, error, refetch } = useApiQuery(AccountInSettingsDocument, {});
  return (
    <Part title={words.settings.account.title}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <RowsToCome rows={12} />}
      {data && <AccountForm account={data.account} />}
    </Part>
  );
}

function AccountForm({ account }: { account: AccountInSettingsQuery['account'] }) {
  const { name, timeZone, emailNotificationsEnabled, allowSessionConsume } = account;
  const { noticeLanguage, locale } = account;
  const { slug, plan, currency } = account;
  const seatPrice = account.seatPrice ? writeAmount(account.seatPrice.amount) : '';
  const switches = { emailNotificationsEnabled, allowSessionConsume };
  const present = { name, timeZone, locale, noticeLanguage, seatPrice, ...switches };
  const form = useForm({
    initialValues: present,
    validate: { name: filled(200), seatPrice: isAmountOrEmpty },
  });
  useFreshForm(form, { of: 'account', present });
  const update = useSubmitOnce(UpdateAccountDocument, {
    of: ({ updateAccount }) => updateAccount,
    done() {
      form.resetDirty();
      sayDone(words.settings.account.saved);
    },
  });
  const at = useErrorAt(form, update);
  const zone = form.getInputProps('timeZone') as ZoneInput;
  const send = (values: typeof present) => {
    const { seatPrice: price, ...changed } = changedValues(form, values);
    // An empty field removes the price.
    const ofPrice = price === undefined ? {} : { seatPrice: readAmount(price) };
    update.send({ input: { ...changed, ...ofPrice } });
  };
  return (
    <Form isBusy={update.isBusy} onSubmit={form.onSubmit(send)}>
      <Stack>
        <TextInput
          label={words.settings.account.name}
          required
          {...form.getInputProps('name')}
          error={at('name')}
        />
        <ZoneSelect
          label={words.settings.account.timeZone}
          description={words.settings.account.timeZoneText}
          value={zone.value}
          onChange={zone.onChange}
          error={at('timeZone')}
        />
        <NativeSelect
          label={words.settings.account.locale}
          description={words.settings.account.localeText}
          data={choicesOf(words.settings.account.locales)}
          {...form.getInputProps('locale')}
          error={at('locale')}
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
          {...form.getInputProps('seatPrice')}
          error={at('seatPrice')}
        />
        <Text size="sm" c="dimmed">
          {words.settings.account.facts(slug, plan, currency)}
        </Text>
        <Refused of={update} fields={['name', 'timeZone', 'locale', 'seatPrice']} />
        <div>
          <Button type="submit" loading={update.isBusy} disabled={!form.isDirty()}>
            {words.settings.account.save}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}
